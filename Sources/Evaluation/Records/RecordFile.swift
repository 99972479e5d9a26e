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
  static func opened(in folder: String) throws -> DatabaseQueue {
    let file = path(in: folder)
    guard FileManager.default.fileExists(atPath: file) else {
      throw EvaluationError.notARun(folder)
    }
    try ByteStream.check(file)
    return try using(folder) {
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
      let records = try DatabaseQueue(path: file, configuration: configuration)
      try records.inDatabase { db in
        try db.beginTransaction(.deferred)
        try check(db, folder)
      }
      return records
    }
  }

  /// Fails where a file is no file of records.
  static func check(_ db: Database, _ folder: String) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw EvaluationError.notARun(folder)
    }
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
        throw EvaluationError.records(file, reason: error.message ?? "SQLite says \(error)")
      }
    } catch is DecodingError {
      throw damaged(folder)
    } catch is RowDecodingError {
      throw damaged(folder)
    } catch let error as EvaluationError {
      throw error
    } catch let fault as any Fault {
      // A part of a row, such as the card, that its own module refuses.
      throw EvaluationError.records(path(in: folder), reason: "\(fault); the file is damaged")
    }
  }

  static func damaged(_ folder: String) -> EvaluationError {
    .records(path(in: folder), reason: "a row does not say what it should; the file is damaged")
  }
}
