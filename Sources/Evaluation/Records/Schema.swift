internal import GRDB

/// The tables of a run. Dates and machines are not recorded: equal runs hold equal rows.
enum Schema {
  /// What SQLite's header calls the file: “RATH”.
  static let applicationID: Int32 = 0x5241_5448

  /// What brings a file to the newest form.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: first)
    }
    return migrator
  }

  private static let first = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      identity TEXT NOT NULL                      -- JSON
    );
    CREATE TABLE explainer (
      id INTEGER PRIMARY KEY,                     -- in order of addition
      name TEXT NOT NULL UNIQUE,
      description TEXT NOT NULL                   -- JSON
    );
    CREATE TABLE method (
      id INTEGER PRIMARY KEY,                     -- in order of addition
      explainer INTEGER NOT NULL REFERENCES explainer,
      scheme TEXT NOT NULL,
      support TEXT,                               -- of schemes of two stages
      UNIQUE (explainer, scheme)
    );
    CREATE TABLE picture (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      sha256 TEXT,
      failure TEXT,                               -- why it could not be measured
      likeliest TEXT NOT NULL,                    -- JSON: indices and probabilities
      clusters TEXT NOT NULL                      -- JSON: indices in clusters
    );
    CREATE TABLE named (                          -- what was asked for, done or not
      name TEXT PRIMARY KEY
    ) WITHOUT ROWID;
    CREATE TABLE measured (                       -- also where a picture has no pair
      picture INTEGER NOT NULL REFERENCES picture,
      method INTEGER NOT NULL REFERENCES method,
      PRIMARY KEY (picture, method)
    ) WITHOUT ROWID;
    CREATE TABLE curves (                         -- BLOBs: see CurveCode
      picture INTEGER NOT NULL REFERENCES picture,
      fact INTEGER NOT NULL,
      method INTEGER NOT NULL REFERENCES method,
      salientCount INTEGER NOT NULL,
      salient BLOB NOT NULL,
      deletion BLOB,
      insertion BLOB,
      UNIQUE (picture, fact, method)
    );
    """
}
