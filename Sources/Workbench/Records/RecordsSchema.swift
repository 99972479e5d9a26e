internal import GRDB

/// The tables of what a workbench remembers.
enum RecordsSchema {
  /// What SQLite's header calls the file: “RATW”.
  static let applicationID: Int32 = 0x5241_5457

  /// What brings a file to the newest form.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: first)
    }
    return migrator
  }

  // Numbers of records are never given again: who writes a note on one that was removed meanwhile hits no other.
  private static let first = """
    CREATE TABLE record (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,                          -- what makes it one: a question's state, a view's name
      fragment TEXT NOT NULL,
      title TEXT NOT NULL,
      about TEXT NOT NULL,
      note TEXT NOT NULL DEFAULT '',
      time TEXT NOT NULL,
      turn INTEGER NOT NULL,
      UNIQUE (kind, key)
    );
    CREATE INDEX record_turn ON record (kind, turn);
    CREATE TABLE picture (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      turn INTEGER NOT NULL                       -- in order of being brought
    ) WITHOUT ROWID;
    CREATE INDEX picture_turn ON picture (turn);
    """
}
