internal import Foundation

/// What to do with files that are there already.
public enum ExistingFiles: Sendable {
  /// Refuse.
  case refuse
  /// Write over them.
  case overwrite
}

/// Files that appear whole or not at all.
package enum WholeFile {
  /// Fails where a file could not be put, before the work for it is done.
  ///
  /// - Parameters:
  ///   - existing: What to do with a file that is there already.
  ///   - inputs: Files and folders that are read for it; it may be in none of them, by whatever name.
  /// - Throws: ``FileError``.
  package static func check(
    _ path: String, existing: ExistingFiles = .overwrite, beside inputs: [String] = []
  ) throws(FileError) {
    try checkPlace(path)
    try OutputRule.check(file: path, existing: existing, reading: inputs)
  }

  /// Whether two paths lead to one file.
  package static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0
      && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }

  /// Fails where no file could be put, whatever is there.
  static func checkPlace(_ path: String) throws(FileError) {
    if path.isEmpty { throw .unsuitable("the file", reason: "it has no name") }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .unsuitable(path, reason: isFolder ? "it is a folder" : "it is no plain file")
    }
    var isFolder: ObjCBool = false
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    guard isThere, isFolder.boolValue else {
      throw .unsuitable(path, reason: "\(folder) is not a folder")
    }
    guard access(folder, W_OK) == 0 else {
      throw .unwritable(path, reason: "permission to write in \(folder) is lacking")
    }
  }

  /// Whether there is something at a path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a file.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)``.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write([(path, bytes)])
  }

  /// Writes files; none appears before all are written.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)``.
  package static func write(_ files: [(path: String, bytes: [UInt8])]) throws(FileError) {
    let whole = WholeFiles()
    for (path, bytes) in files { try whole.add(bytes, to: path) }
    try whole.commit()
  }
}
