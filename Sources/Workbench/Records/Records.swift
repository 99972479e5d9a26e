internal import Foundation
internal import GRDB
internal import HTTPTypes

/// What a workbench remembers: questions with what a person wrote about them, named states, and pictures brought.
///
/// Once a method has come back, what it wrote is on the disk, whatever happens to the process then. Without a folder all of
/// it is in memory.
struct Records: Sendable {
  /// The most bytes of a state, of a title or what it was about, and of a note.
  static let (fragmentLimit, titleLimit, noteLimit) = (8_000, 2_000, 20_000)

  /// The most records; past them the oldest questions go that have no note.
  let most: Int
  /// The most bytes of pictures that were brought.
  let pictureBytes: Int
  private let store: Store

  private enum Store {
    case file(RecordsFile)
    case memory(DatabaseQueue)
  }

  /// Opens the records of a folder, or begins them there; without one, begins them in memory.
  ///
  /// - Throws: ``RecordsFault``, `FileError`.
  init(in folder: String?, most: Int? = nil, pictureBytes: Int = 2 << 30) throws {
    self.most = most ?? (folder == nil ? 2_000 : 20_000)
    self.pictureBytes = pictureBytes
    if let folder {
      store = .file(try RecordsFile(in: folder))
    } else {
      let memory = try DatabaseQueue()
      try RecordsSchema.migrator.migrate(memory)
      store = .memory(memory)
    }
  }

  /// Whether they outlast the server.
  var areKept: Bool {
    if case .file = store { true } else { false }
  }

  /// Some records of a kind, the last first.
  ///
  /// - Parameter turn: That of a record whose predecessors are wanted; `nil` for the last ones.
  func list(_ kind: Record.Kind, before turn: Int64?, limit: Int) throws -> [Record] {
    try read { db in
      try Record.fetchAll(
        db,
        sql: "SELECT * FROM record WHERE kind = ? AND turn < ? ORDER BY turn DESC LIMIT ?",
        arguments: [kind.rawValue, turn ?? .max, limit])
    }
  }

  /// Writes down a question or a named state; one that is known becomes the last, and keeps its note.
  func add(_ kind: Record.Kind, _ fragment: String, title: String, about: String) throws -> Record {
    let key = kind == .question ? fragment : title
    return try write { db in
      try db.execute(
        sql: """
          INSERT INTO record (kind, key, fragment, title, about, time, turn)
          VALUES (?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(turn), 0) + 1 FROM record))
          ON CONFLICT (kind, key) DO UPDATE SET fragment = excluded.fragment, title = excluded.title,
            about = excluded.about, time = excluded.time, turn = excluded.turn
          """,
        arguments: [
          kind.rawValue, key, fragment, title, about, Date.now.formatted(.iso8601),
        ])
      try makeRoom(db)
      let found = "SELECT * FROM record WHERE kind = ? AND key = ?"
      guard let record = try Record.fetchOne(db, sql: found, arguments: [kind.rawValue, key]) else {
        throw Refusal.full(most)
      }
      return record
    }
  }

  /// Writes a person's words on a record; empty ones take them off.
  func note(_ text: String, on id: Int64) throws -> Record {
    try write { db in
      try db.execute(sql: "UPDATE record SET note = ? WHERE id = ?", arguments: [text, id])
      let found = "SELECT * FROM record WHERE id = ?"
      guard let record = try Record.fetchOne(db, sql: found, arguments: [id]) else {
        throw Refusal.noRecord
      }
      return record
    }
  }

  func remove(_ id: Int64) throws {
    try write { db in
      try db.execute(sql: "DELETE FROM record WHERE id = ?", arguments: [id])
      if db.changesCount == 0 { throw Refusal.noRecord }
    }
  }

  /// Forgets all questions that nobody wrote about.
  func clear() throws {
    try write { try $0.execute(sql: "DELETE FROM record WHERE kind = 'question' AND note = ''") }
  }

  private func makeRoom(_ db: Database) throws {
    let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM record") ?? 0
    if count <= most { return }
    try db.execute(
      sql: """
        DELETE FROM record WHERE id IN (
          SELECT id FROM record WHERE kind = 'question' AND note = '' ORDER BY turn LIMIT ?)
        """, arguments: [count - most])
    if try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM record") ?? 0 > most {
      throw Refusal.full(most)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    switch store {
    case .file(let file): try file.read(body)
    case .memory(let queue): try queue.read(body)
    }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    switch store {
    case .file(let file): try file.write(body)
    case .memory(let queue): try queue.write(body)
    }
  }
}

extension Refusal {
  static let noRecord = Refusal(.notFound, "there is no such record; it may have been removed")

  static func full(_ most: Int) -> Refusal {
    Refusal(
      .conflict, "there is room for \(most) records, and all have a note or a name; remove some")
  }
}
