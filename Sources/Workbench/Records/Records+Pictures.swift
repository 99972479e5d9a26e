internal import GRDB

extension Records {
  /// The pictures that were brought, the last first.
  func pictures() throws -> [PictureRecord] {
    try read { try PictureRecord.fetchAll($0, sql: "SELECT * FROM picture ORDER BY turn DESC") }
  }

  /// Writes down that a picture was brought.
  ///
  /// - Returns: The names of pictures that have to go, for there is no more room: the oldest that no record is about, and
  ///   where there are none, the oldest.
  func keep(_ picture: PictureRecord) throws -> [String] {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO picture (id, name, width, height, bytes, turn)
          VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(turn), 0) + 1 FROM picture))
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, turn = excluded.turn
          """,
        arguments: [picture.id, picture.name, picture.width, picture.height, picture.bytes])
      var gone: [String] = []
      while try Int.fetchOne(db, sql: "SELECT SUM(bytes) FROM picture") ?? 0 > pictureBytes,
        let id = try String.fetchOne(db, sql: Self.leastWanted, arguments: ["new": picture.id])
      {
        try db.execute(sql: "DELETE FROM picture WHERE id = ?", arguments: [id])
        gone.append(id)
      }
      return gone
    }
  }

  private static let leastWanted = """
    SELECT COALESCE(
      (SELECT id FROM picture WHERE id != :new
        AND NOT EXISTS (SELECT 1 FROM record WHERE instr(fragment, picture.id) > 0) ORDER BY turn LIMIT 1),
      (SELECT id FROM picture WHERE id != :new ORDER BY turn LIMIT 1))
    """

  /// Forgets pictures whose files are gone.
  func forget(pictures ids: [String]) throws {
    if ids.isEmpty { return }
    try write { db in
      for id in ids { try db.execute(sql: "DELETE FROM picture WHERE id = ?", arguments: [id]) }
    }
  }
}
