internal import Foundation

/// The one rule of all that is written: nothing is written over unless it was said so, and never what
/// is being read, nor a database, nor a folder of another kind.
package enum OutputRule {
  /// Fails where a file may not be put.
  ///
  /// - Parameters:
  ///   - inputs: Files and folders that are read for it, by whatever name.
  /// - Throws: ``FileError``.
  static func check(
    file path: String, existing: ExistingFiles, reading inputs: [String]
  ) throws(FileError) {
    guard let identity = FileIdentity(path) else { return }
    if inputs.contains(where: { FileIdentity.holds($0, identity) }) { throw .isRead(path) }
    if isDatabase(path) {
      throw .unsuitable(path, reason: "it is a database; name another file")
    }
    if existing == .refuse { throw .exists(path) }
  }

  /// Fails where a report may not be put.
  ///
  /// A folder that is there may be filled where it is empty or, with leave, where what a report
  /// replaces in it was written as a report; other files in it stay.
  ///
  /// - Parameter inputs: Files and folders that are read for it, by whatever name.
  /// - Throws: ``FileError``.
  package static func check(
    folder path: String, existing: ExistingFiles, reading inputs: [String]
  ) throws(FileError) {
    if path.isEmpty { throw .unsuitable("--output", reason: "no folder is named") }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      if FileIdentity(path) == nil, FileIdentity.isLink(path) {
        throw .unsuitable(path, reason: "it is a symbolic link to what is not there; name another")
      }
      return try checkAncestor(of: path)
    }
    guard isFolder.boolValue else { throw .unsuitable(path, reason: "it is a file") }
    guard access(path, W_OK) == 0 else {
      throw .unwritable(path, reason: "permission to write in it is lacking; name another")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if names.isEmpty { return }
    let own = Set(([path] + names.map { "\(path)/\($0)" }).compactMap { FileIdentity($0) })
    if inputs.contains(where: { FileIdentity($0).map(own.contains) ?? false }) {
      throw .isRead(path)
    }
    if existing == .refuse { throw .folderNotEmpty(path) }
    try checkKind(path, names)
  }

  /// Fails where the folder that a new one is to be made in is not there to be written to.
  private static func checkAncestor(of path: String) throws(FileError) {
    var url = URL(filePath: path).standardizedFileURL
    repeat { url.deleteLastPathComponent() } while FileIdentity(url.path) == nil && url.path != "/"
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    guard isFolder.boolValue else {
      throw .unsuitable(path, reason: "\(url.path) is a file; name another")
    }
    guard access(url.path, W_OK) == 0 else {
      throw .unwritable(path, reason: "permission to write in \(url.path) is lacking")
    }
  }

  private static func checkKind(_ path: String, _ names: [String]) throws(FileError) {
    if let database = names.first(where: { isDatabase("\(path)/\($0)") }) {
      throw .unsuitable(path, reason: "it holds the database \(database); name another folder")
    }
    let manifest = "\(path)/manifest.json"
    if names.contains("manifest.json"), !isManifest(manifest) {
      throw .unsuitable(path, reason: "manifest.json in it is of no report; name another folder")
    }
    for name in ["index.html", "maps.npz"] where names.contains(name) {
      if names.contains("manifest.json") || isPage("\(path)/\(name)") { continue }
      throw .unsuitable(path, reason: "\(name) in it is of no report; name another folder")
    }
  }

  /// What every page of a report says in its first lines.
  package static let pageMark = #"<meta name="generator" content="Rather">"#

  private static func isPage(_ path: String) -> Bool {
    head(path, 1024).map { String(decoding: $0, as: UTF8.self).contains(pageMark) } ?? false
  }

  private static func isManifest(_ path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let versions = object["versions"] as? [String: Any]
    else { return false }
    return versions["rather"] is String
  }

  private static func isDatabase(_ path: String) -> Bool {
    head(path, 16).map { $0.elementsEqual("SQLite format 3\0".utf8) } ?? false
  }

  private static func head(_ path: String, _ count: Int) -> Data? {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: count)
  }
}

/// Which file or folder a path names in the end, whatever links lead there.
struct FileIdentity: Hashable {
  private let device: UInt64
  private let number: UInt64

  /// `nil` where there is nothing.
  init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    (device, number) = (UInt64(facts.st_dev), UInt64(facts.st_ino))
  }

  /// Whether a path is a file, or a folder that somewhere holds it.
  static func holds(_ path: String, _ identity: FileIdentity) -> Bool {
    if FileIdentity(path) == identity { return true }
    let below = FileManager.default.enumerator(atPath: path)
    return below?.contains { name in
      (name as? String).flatMap { FileIdentity("\(path)/\($0)") } == identity
    } ?? false
  }

  static func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
  }
}
