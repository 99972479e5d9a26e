internal import Files
internal import Foundation
internal import GRDB
internal import Terms

/// The file of records in a folder that one server at a time has.
///
/// Sendable because it never changes.
final class RecordsFile: Sendable {
  let path: String
  let queue: DatabaseQueue
  private let folder: String
  /// The lock is on the folder: SQLite's own are on the file, and opening that once more would end them.
  private let lock: Int32
  private let number: UInt64

  /// Opens the records of a folder, or begins them.
  ///
  /// - Throws: ``RecordsFault``, `FileError`.
  init(in folder: String) throws {
    let path = folder.hasSuffix("/") ? folder + Self.name : "\(folder)/\(Self.name)"
    (self.folder, self.path) = (folder, path)
    lock = try Self.taken(folder, path)
    do {
      queue = try Self.using(path) { try Self.opened(path) }
      number = Self.number(of: path) ?? 0
    } catch {
      close(lock)
      throw error
    }
  }

  deinit { close(lock) }

  private static let name = "workbench.sqlite"

  /// Writes, and does not come back before what was written is on the disk.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    // SQLite would go on writing to a file that no longer has a name.
    guard Self.number(of: path) == number else { throw RecordsFault.removed(path) }
    return try Self.using(path) { try queue.write(body) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.using(path) { try queue.read(body) }
  }

  /// Takes a folder for this process, making it where there is none.
  private static func taken(_ folder: String, _ path: String) throws -> Int32 {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw FileError.refusal(of: folder) }
    let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw FileError.refusal(of: folder) }
    do {
      guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw RecordsFault.busy(folder) }
      guard access(folder, W_OK) == 0 else { throw FileError.refusal(of: folder) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      if !names.isEmpty, !names.contains(name) { throw RecordsFault.otherFolder(folder) }
      try checkHead(of: path)
    } catch {
      close(lock)
      throw error
    }
    return lock
  }

  /// Fails where the file is no database, which SQLite would find out only once it had files beside it.
  private static func checkHead(of path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try ByteStream.check(path)
    let handle = FileHandle(forReadingAtPath: path)
    defer { try? handle?.close() }
    let head = try handle?.read(upToCount: 16) ?? Data()
    guard head.isEmpty || head == Data("SQLite format 3\0".utf8) else {
      throw RecordsFault.notRecords(path)
    }
  }

  private static func opened(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // What a file defines calls no functions that do more than compute.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in
      try check(db, path)
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    try RecordsSchema.migrator.migrate(queue)
    return queue
  }

  /// Fails where a file is another program's, a newer one's, or damaged.
  private static func check(_ db: Database, _ path: String) throws {
    let isOwn =
      try Int32.fetchOne(db, sql: "PRAGMA application_id") == RecordsSchema.applicationID
    let others = "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name NOT LIKE 'grdb_%'"
    // One that was killed as it began has no tables yet.
    guard try isOwn || Int.fetchOne(db, sql: others) == 0 else {
      throw RecordsFault.notRecords(path)
    }
    let computed = """
      SELECT COUNT(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'
      """
    guard try Int.fetchOne(db, sql: computed) == 0 else {
      throw RecordsFault.damaged(path, reason: "it has views or triggers, and no records have any")
    }
    if try RecordsSchema.migrator.hasBeenSuperseded(db) { throw RecordsFault.newer(path) }
    guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
      throw RecordsFault.damaged(path, reason: "the file is damaged")
    }
  }

  /// Does something with records; what SQLite says becomes an error of the house.
  static func using<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_NOTADB { throw RecordsFault.notRecords(path) }
      let reason = "SQLite says: " + (error.message ?? "\(error.resultCode)")
      throw isOfWriting(error)
        ? RecordsFault.unwritable(path, reason: reason) : .damaged(path, reason: reason)
    } catch is DecodingError {
      throw RecordsFault.damaged(path, reason: "a row does not say what it should")
    } catch is RowDecodingError {
      throw RecordsFault.damaged(path, reason: "a row does not say what it should")
    }
  }

  /// Whether the machine refused to write; other errors come from what is in the file.
  private static func isOfWriting(_ error: DatabaseError) -> Bool {
    let refusals: [ResultCode] = [
      .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_PROTOCOL,
      .SQLITE_BUSY, .SQLITE_LOCKED,
    ]
    let errorsOfFiles: [ResultCode] = [
      .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
      .SQLITE_IOERR_DELETE, .SQLITE_IOERR_SHMOPEN, .SQLITE_IOERR_SHMSIZE,
    ]
    return refusals.contains(error.resultCode) || errorsOfFiles.contains(error.extendedResultCode)
  }

  private static func number(of path: String) -> UInt64? {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    return (facts?[.systemFileNumber] as? NSNumber)?.uint64Value
  }
}
