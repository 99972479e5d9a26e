internal import Foundation
internal import Report

/// What the folders of pictures' reports are called: as the pictures are, told apart where several are called
/// the same.
enum ReportNames {
  /// A name for each path.
  ///
  /// A picture's own name where no other has it; else with the names of the folders that it lies in, and where
  /// even those are the same, with a number.
  static func names(for paths: [String]) -> [String] {
    let stems = paths.map { stem(of: $0) }
    let counts = Dictionary(stems.map { (key($0), 1) }, uniquingKeysWith: +)
    var taken = Set(PictureSetReport.ownNames.map(key))
    return zip(paths, stems).map { path, stem in
      let wanted = counts[key(stem)] == 1 ? stem : longer(path)
      var (name, number) = (wanted, 1)
      while !taken.insert(key(name)).inserted {
        number += 1
        name = "\(wanted)-\(number)"
      }
      return name
    }
  }

  /// Some file systems do not tell cases apart.
  private static func key(_ name: String) -> String { name.lowercased() }

  private static func stem(of path: String) -> String {
    let stem = URL(filePath: path).deletingPathExtension().lastPathComponent
    return stem.isEmpty ? "picture" : stem
  }

  private static func longer(_ path: String) -> String {
    let url = URL(filePath: path).deletingPathExtension()
    let parts = url.relativePath.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.suffix(3).joined(separator: "-")
  }
}
