internal import Files
internal import Foundation
internal import GRDB

/// What a file of records may do to its reader, or its reader to it, where it is another's.
extension RecordFile {
  /// Fails where a file is a database of something else, and leaves it as it was: SQLite would change it, or
  /// leave files beside it, as soon as it opened it.
  ///
  /// - Throws: ``EvaluationError/notARun(_:)``, `FileError`.
  static func checkUntouched(in folder: String) throws {
    let file = path(in: folder)
    guard FileManager.default.fileExists(atPath: file) else { return }
    try ByteStream.check(file)
    guard let handle = FileHandle(forReadingAtPath: file) else { return }
    defer { try? handle.close() }
    let head = try handle.read(upToCount: headLength) ?? Data()
    if head.isEmpty { return }
    guard head.count == headLength, head.starts(with: Data("SQLite format 3\0".utf8)) else {
      throw EvaluationError.notARun(folder)
    }
    let number = head[idPlace..<(idPlace + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    if Int32(bitPattern: number) == Schema.applicationID { return }
    // While a run begins, its number and its tables are in SQLite's log, and the file has a few pages.
    guard number == 0, try handle.seekToEnd() <= beginningLimit else {
      throw EvaluationError.notARun(folder)
    }
    try using(folder) {
      try copied(file, of: folder) { copy in
        var configuration = Configuration()
        configuration.prepareDatabase { try distrust($0) }
        let records = try DatabaseQueue(path: copy, configuration: configuration)
        try records.inDatabase { try checkUnlessEmpty($0, folder) }
        try records.close()
      }
    }
  }

  /// The header of a database file, and where it has the number of the program that made it (section 1.3 of
  /// SQLite's file format).
  private static let (headLength, idPlace) = (100, 68)
  private static let beginningLimit: UInt64 = 1 << 16

  /// Fails where a file has tables of another program; one that a process made and was ended before it wrote
  /// tables has none, but the migrator's.
  static func checkUnlessEmpty(_ db: Database, _ folder: String) throws {
    try checkTables(db, folder)
    let others = "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name NOT LIKE 'grdb_%'"
    if try Int.fetchOne(db, sql: others) != 0 { try check(db, folder) }
  }

  /// Fails where something else than a table would be read as one: a view is computed when it is read, without
  /// end if it was made so, and a trigger when something is written.
  static func checkTables(_ db: Database, _ folder: String) throws {
    let computed = """
      SELECT COUNT(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'
      """
    if try Int.fetchOne(db, sql: computed) == 0 { return }
    guard try isOwn(db) else { throw EvaluationError.notARun(folder) }
    throw EvaluationError.records(
      path(in: folder), reason: "it has views or triggers, and no run has any; it was altered")
  }

  /// Whether a file says that Rather made it.
  static func isOwn(_ db: Database) throws -> Bool {
    try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID
  }

  /// Keeps what a file defines from calling functions that do more than compute.
  static func distrust(_ db: Database) throws {
    try db.execute(sql: "PRAGMA trusted_schema = OFF")
  }
}
