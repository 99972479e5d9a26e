internal import Foundation

/// What to do with files that are there already.
public enum ExistingFiles: Sendable {
  /// Refuse.
  case refuse
  /// Write over them.
  case overwrite
}

/// Files that appear whole or not at all.
public enum WholeFile {
  /// Fails where a file could not be put, before the work for it is done.
  ///
  /// - Parameters:
  ///   - existing: What to do with a file that is there already.
  ///   - inputs: Files that are read for it; it may be none of them, by whatever name.
  /// - Throws: ``FileError/unwritable(_:reason:)``, ``FileError/unsuitable(_:reason:)``,
  ///   ``FileError/exists(_:)``.
  public static func check(
    _ path: String, existing: ExistingFiles = .overwrite, beside inputs: [String] = []
  ) throws(FileError) {
    try checkPlace(path)
    let isInput = inputs.contains { isSame($0, path) }
    if isInput { throw .unsuitable(path, reason: "it is read from; name another file") }
    if existing == .refuse, exists(path) { throw .exists(path) }
  }

  /// Whether two paths lead to one file.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0
      && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }

  private static func checkPlace(_ path: String) throws(FileError) {
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
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a file.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)``.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write([(path, bytes)])
  }

  /// Writes files; none appears before all are written.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)``.
  public static func write(_ files: [(path: String, bytes: [UInt8])]) throws(FileError) {
    var parts: [(part: String, path: String)] = []
    defer {
      for (part, _) in parts {
        unlink(part)
        UnfinishedFiles.remove(part)
      }
    }
    for (path, bytes) in files {
      try checkPlace(path)
      let part = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
      parts.append((part, path))
      UnfinishedFiles.add(part)
      try fill(part, bytes, for: path)
    }
    for (part, path) in parts where rename(part, path) != 0 { throw .refusal(of: path) }
  }

  private static func fill(
    _ part: String, _ bytes: [UInt8], for path: String
  ) throws(FileError) {
    guard let file = fopen(part, "wb") else { throw .refusal(of: path) }
    let written = fwrite(bytes, 1, bytes.count, file)
    let fault = errno
    if fclose(file) != 0 || written != bytes.count {
      throw .refusal(of: path, written == bytes.count ? errno : fault)
    }
  }
}
