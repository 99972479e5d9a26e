internal import Files
internal import Foundation
internal import GRDB
internal import Terms

/// Where a run's records lie, and how they are opened.
enum RecordFile {
  /// The file of a run in a folder.
  static func path(in folder: String) -> String {
    folder.hasSuffix("/") ? folder + "records.sqlite" : folder + "/records.sqlite"
  }

  /// Opens the records of a run for reading; what is read stays as it is now, whoever writes.
  ///
  /// SQLite wants to write beside a file even where it reads. Who may not write there reads a copy.
  static func opened(in folder: String) throws -> DatabaseQueue {
    let file = path(in: folder)
    guard FileManager.default.fileExists(atPath: file) else {
      throw EvaluationError.notARun(folder)
    }
    try checkUntouched(in: folder)
    let beside = ["-wal", "-shm"].map { file + $0 }
    let wereThere = beside.filter { FileManager.default.fileExists(atPath: $0) }
    do { return try using(folder) { try reader(of: file, in: folder) } } catch {
      guard case EvaluationError.unwritable = error else { throw error }
      // What SQLite began beside the file, where there was nothing.
      for path in beside where !wereThere.contains(path) { unlink(path) }
      if let records = try? using(folder, { try reader(of: file, in: folder, isReadOnly: true) }) {
        return records
      }
    }
    return try using(folder) { try copied(file, of: folder) { try reader(of: $0, in: folder) } }
  }

  private static func reader(
    of file: String, in folder: String, isReadOnly: Bool = false
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase {
      try distrust($0)
      try $0.execute(sql: "PRAGMA query_only = 1")
    }
    let records = try DatabaseQueue(path: file, configuration: configuration)
    try records.inDatabase { db in
      try db.beginTransaction(.deferred)
      try check(db, folder)
    }
    return records
  }

  /// Opens a copy in a folder for temporary files, whose names are gone once it is open.
  static func copied<Value>(
    _ file: String, of folder: String, _ open: (String) throws -> Value
  ) throws -> Value {
    let own = FileManager.default.temporaryDirectory.appending(
      path: "rather-records-\(UUID().uuidString)"
    ).path
    let copy = own + "/records.sqlite"
    UnfinishedFiles.add(own)
    defer {
      try? FileManager.default.removeItem(atPath: own)
      UnfinishedFiles.remove(own)
    }
    do {
      try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
      // Another's work may go on meanwhile; what changed while it was copied is copied again.
      for _ in 0..<5 {
        let before = stamps(of: file)
        for suffix in suffixes {
          try? FileManager.default.removeItem(atPath: copy + suffix)
          guard FileManager.default.fileExists(atPath: file + suffix) else { continue }
          try FileManager.default.copyItem(atPath: file + suffix, toPath: copy + suffix)
          chmod(copy + suffix, 0o600)
        }
        if stamps(of: file) == before { return try open(copy) }
        usleep(20_000)
      }
    } catch let error as CocoaError { throw FileError.refusal(of: own, error) }
    throw EvaluationError.busy(folder)
  }

  private static let suffixes = ["", "-wal"]

  private static func stamps(of file: String) -> [String] {
    suffixes.map { FileStamp.of(file + $0) }
  }

  /// Fails where a file is no file of records.
  static func check(_ db: Database, _ folder: String) throws {
    guard try isOwn(db) else { throw EvaluationError.notARun(folder) }
    try checkTables(db, folder)
    if try Schema.migrator.hasBeenSuperseded(db) { throw EvaluationError.newerRun(folder) }
  }

  /// Does something with records; what SQLite says becomes an error of the run.
  static func using<Value>(_ folder: String, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as DatabaseError {
      let file = path(in: folder)
      switch error.resultCode {
      case .SQLITE_NOTADB: throw EvaluationError.notARun(folder)
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw EvaluationError.busy(folder)
      default:
        let reason = "SQLite says: " + (error.message ?? "\(error.resultCode)")
        throw isOfWriting(error)
          ? EvaluationError.unwritable(file, reason: reason)
          : EvaluationError.records(file, reason: reason)
      }
    } catch is DecodingError {
      throw damaged(folder)
    } catch is RowDecodingError {
      throw damaged(folder)
    } catch let error as EvaluationError {
      throw error
    } catch let error as FileError {
      throw error
    } catch let fault as any Fault {
      // A part of a row, such as the card, that its own module refuses.
      throw EvaluationError.records(path(in: folder), reason: "\(fault); the file is damaged")
    }
  }

  /// Whether the machine refused to write; other errors of reading come from what is in the file.
  private static func isOfWriting(_ error: DatabaseError) -> Bool {
    let refusals: [ResultCode] = [
      .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_PROTOCOL,
    ]
    if refusals.contains(error.resultCode) { return true }
    return [
      .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
      .SQLITE_IOERR_DELETE, .SQLITE_IOERR_SHMOPEN, .SQLITE_IOERR_SHMSIZE,
    ].contains(error.extendedResultCode)
  }

  static func damaged(_ folder: String) -> EvaluationError {
    .records(path(in: folder), reason: "a row does not say what it should; the file is damaged")
  }
}
