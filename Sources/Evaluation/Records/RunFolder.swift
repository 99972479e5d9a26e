internal import Files
internal import Foundation

/// The folder of a run, held by one process at a time while it works on it.
///
/// The lock is on the folder: SQLite's own are on the file, and opening that once more would end them.
final class RunFolder {
  let path: String
  /// Whether it was made for this.
  let isNew: Bool
  private let lock: Int32

  /// Takes a folder, making it where there is none.
  ///
  /// - Throws: ``EvaluationError/notAFolder(_:)``, ``EvaluationError/otherFolder(_:)``,
  ///   ``EvaluationError/busy(_:)``, `FileError`.
  init(_ path: String) throws {
    self.path = path
    var status = stat()
    isNew = stat(path, &status) != 0
    if isNew {
      guard mkdir(path, 0o755) == 0 else {
        throw FileError.refusal(of: path)
      }
    } else if status.st_mode & S_IFMT != S_IFDIR {
      throw EvaluationError.notAFolder(path)
    } else if !FileManager.default.fileExists(atPath: RecordFile.path(in: path)) {
      let contents = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      guard contents.isEmpty else { throw EvaluationError.otherFolder(path) }
    }
    lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else {
      throw FileError.refusal(of: path)
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw EvaluationError.busy(path)
    }
  }

  deinit { close(lock) }

  /// Fails where the path no longer leads to this folder or to its file of records.
  ///
  /// - Throws: ``EvaluationError/removed(_:)``.
  func checkInPlace() throws {
    guard isInPlace, FileManager.default.fileExists(atPath: RecordFile.path(in: path)) else {
      throw EvaluationError.removed(path)
    }
  }

  private var isInPlace: Bool {
    var (own, found) = (stat(), stat())
    return fstat(lock, &own) == 0 && stat(path, &found) == 0
      && (own.st_dev, own.st_ino) == (found.st_dev, found.st_ino)
  }

  /// Takes away the records, and the folder where it was made for them.
  func removeRecords() {
    // What another put in its place stays.
    guard isInPlace else { return }
    let file = RecordFile.path(in: path)
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(file + suffix) }
    if isNew { rmdir(path) }
  }
}
