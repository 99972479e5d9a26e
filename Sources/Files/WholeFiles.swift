internal import Foundation

/// Files that appear together, each whole, or none of them.
///
/// Each is filled under another name beside its place, reaches the disk, and is then moved there. What
/// a process that was killed left of such names is taken away by the next that writes there.
package final class WholeFiles {
  private var parts: [(part: String, path: String)] = []

  /// Begins with no files.
  package init() {}

  deinit { discard() }

  /// The name under which a file is to be filled until all are.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)`` where it could not be put in its place.
  package func part(of path: String) throws(FileError) -> String {
    do { try WholeFile.checkPlace(path) } catch { throw error.whileWriting }
    Self.removeOrphans(of: path)
    let part = Self.partName(of: path)
    parts.append((part, path))
    UnfinishedFiles.add(part)
    return part
  }

  /// The name under which this process fills a file.
  static func partName(of path: String) -> String { "\(path).\(getpid()).part" }

  /// Adds a file of some bytes.
  ///
  /// - Throws: ``FileError``.
  package func add(_ bytes: [UInt8], to path: String) throws(FileError) {
    let part = try part(of: path)
    guard let file = fopen(part, "wb") else { throw FileError.refusal(of: path).whileWriting }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
    let fault = errno
    fclose(file)
    if !isWritten { throw FileError.refusal(of: path, fault).whileWriting }
  }

  /// Puts all files in their places, in the order in which they were added.
  ///
  /// - Throws: ``FileError``.
  package func commit() throws(FileError) {
    for (part, path) in parts { try Self.settle(part, for: path) }
    for (part, path) in parts where rename(part, path) != 0 {
      throw FileError.refusal(of: path).whileWriting
    }
    for (part, _) in parts { UnfinishedFiles.remove(part) }
    parts = []
  }

  /// Leaves nothing of files that are not in their places.
  package func discard() {
    for (part, _) in parts {
      unlink(part)
      UnfinishedFiles.remove(part)
    }
    parts = []
  }

  /// Why a library that does not say why could not fill a file: what the system says to more bytes.
  package static func refusal(ofFilling part: String, for path: String) -> FileError {
    let file = open(part, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return FileError.refusal(of: path).whileWriting }
    defer { close(file) }
    let more = [UInt8](repeating: 0, count: 1 << 20)
    // The first may take what room is left.
    for _ in 0..<2 where write(file, more, more.count) != more.count {
      if write(file, more, more.count) < 0 { return FileError.refusal(of: path).whileWriting }
    }
    return fsync(file) != 0
      ? .refusal(of: path) : .unwritable(path, reason: "the system does not say why")
  }

  /// Waits until a file's bytes are on the disk, where it would say that it is full.
  private static func settle(_ part: String, for path: String) throws(FileError) {
    let file = open(part, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError.refusal(of: path).whileWriting }
    defer { close(file) }
    // Some file systems know no such wait.
    if fsync(file) != 0, errno != EINVAL, errno != EROFS {
      throw FileError.refusal(of: path).whileWriting
    }
  }

  static func removeOrphans(of path: String) {
    let url = URL(filePath: path)
    Orphans.remove(
      in: url.deletingLastPathComponent().path, between: url.lastPathComponent + ".", and: ".part")
  }
}

/// What processes that were killed left unfinished; its names hold theirs.
package enum Orphans {
  /// Takes away the files and folders whose names are the number of a process that is gone, between two
  /// words.
  package static func remove(in folder: String, between start: String, and end: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(start) && name.hasSuffix(end) {
      guard let process = Int32(name.dropFirst(start.count).dropLast(end.count)), process > 0,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}
