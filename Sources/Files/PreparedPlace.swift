internal import Foundation

/// Places that are made before a process gives up the right to make them.
///
/// A process that is confined may write beneath what is there when it confines itself, and nowhere else. So
/// what it will fill is made empty first, and taken away in the end where nothing came
/// (``UnfinishedFiles/removeEmptyPlaces()``). What cannot be made is passed over: the check of the place says
/// why, before the work.
package enum PreparedPlace {
  /// Makes a folder.
  ///
  /// - Parameter isDeep: Whether the folders that hold it may be made too.
  /// - Returns: The nearest folder above it that was there; `nil` where there is no folder now.
  package static func makeFolder(_ path: String, isDeep: Bool) -> String? {
    if path.isEmpty { return nil }
    var url = URL(filePath: path).standardizedFileURL
    var missing: [String] = []
    while access(url.path, F_OK) != 0, url.path != "/" {
      missing.append(url.path)
      url.deleteLastPathComponent()
    }
    if missing.isEmpty { return isFolder(path) ? url.deletingLastPathComponent().path : nil }
    guard isDeep || missing.count == 1 else { return nil }
    for folder in missing.reversed() {
      guard mkdir(folder, 0o777) == 0 else { return nil }
      UnfinishedFiles.add(place: folder)
    }
    return url.path
  }

  /// Makes a file, and that under which its bytes are gathered before they are moved there.
  ///
  /// - Parameter suffixes: Other files that are kept beside it meanwhile.
  package static func ofFile(_ path: String, keeping suffixes: [String]) -> Confinement.Places {
    guard !path.isEmpty, (try? WholeFile.checkPlace(path)) != nil else { return .init() }
    WholeFiles.removeOrphans(of: path)
    let names = suffixes.map { path + $0 } + [WholeFiles.partName(of: path)]
    for name in names {
      let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard file >= 0 else { continue }
      close(file)
      UnfinishedFiles.add(place: name)
    }
    let folder = URL(filePath: path).deletingLastPathComponent().path
    return .init(writable: names, arranged: [folder])
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }
}
