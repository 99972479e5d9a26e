internal import Contrast
internal import Foundation
internal import GRDB
internal import Terms

/// The records of a run while a process works on it.
///
/// Everything about a picture is one transaction, which is on the disk before the next begins
/// (`synchronous` FULL: pictures take seconds, and a write a hundredth of one). So a process or a
/// machine that ends loses the picture in hand and nothing else.
final class RecordWriter {
  private let folder: RunFolder
  private let records: DatabaseQueue
  /// The numbers of the work's methods in the records.
  private let methodIDs: [Int]
  private let isNew: Bool
  /// What earlier work knows of pictures, by name.
  let known: [ExactName: Known]

  /// What earlier work knows of a picture.
  struct Known {
    let sha256: String?
    let failure: String?
    let likeliest: [Int]
    /// The places of the work's methods that are not measured.
    let missing: [Int]
    /// Whether some method is measured.
    let isMeasured: Bool
  }

  /// Begins a run in a folder, or takes one up.
  ///
  /// Explainers and methods that nothing was measured by, and with them a run that no picture was
  /// measured in, give way to what is asked now.
  ///
  /// - Throws: ``EvaluationError``, `FileError`.
  init(
    in path: String, _ identity: EvaluationIdentity, _ methods: [EvaluatedMethod]
  ) throws {
    let folder = try RunFolder(path)
    isNew = !FileManager.default.fileExists(atPath: RecordFile.path(in: path))
    self.folder = folder
    do {
      let queue = try Self.open(path)
      (methodIDs, known) = try RecordFile.using(path) {
        try queue.write { db in
          try Self.dropUnmeasured(db)
          try Self.settle(identity, db, path)
          let ids = try Self.settle(methods, db, path)
          return (ids, try Self.known(db, path, ids))
        }
      }
      records = queue
    } catch {
      if isNew { folder.removeRecords() }
      throw error
    }
  }

  /// Ends the work, and takes the records away where they are new and nothing was measured; it is called
  /// once, and nothing after it.
  ///
  /// - Throws: ``EvaluationError/removed(_:)`` where the records to keep are gone.
  func end(keeping isKept: Bool) throws {
    let isEmpty = try RecordFile.using(folder.path) {
      try records.read { try MeasuredRow.fetchCount($0) == 0 }
    }
    try RecordFile.using(folder.path) { try records.close() }
    if isKept { try folder.checkInPlace() }
    if isNew, isEmpty, !isKept { folder.removeRecords() }
  }

  /// Writes down which pictures are asked for.
  func write(named names: [String]) throws {
    try RecordFile.using(folder.path) {
      try records.write { db in
        for name in names {
          try db.execute(sql: "INSERT OR IGNORE INTO named (name) VALUES (?)", arguments: [name])
        }
      }
    }
  }

  /// Writes down a picture.
  ///
  /// - Throws: ``EvaluationError/removed(_:)`` where the folder is gone: SQLite would go on writing to files
  ///   that no longer have a name.
  func write(_ record: PictureRecord) throws {
    try folder.checkInPlace()
    try RecordFile.using(folder.path) {
      try records.write { db in
        try db.execute(
          sql: """
            INSERT INTO picture (name, sha256, failure, likeliest, clusters) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, failure = excluded.failure,
              likeliest = excluded.likeliest, clusters = excluded.clusters
            """,
          arguments: [
            record.name, record.sha256, record.failure, try JSONText.of(record.likeliest),
            try JSONText.of(record.clusters),
          ])
        let number = "SELECT id FROM picture WHERE name = ?"
        let id = try Int.fetchOne(db, sql: number, arguments: [record.name]) ?? 0
        for method in record.methods {
          try MeasuredRow(picture: id, method: methodIDs[method]).insert(db)
        }
        for curves in record.curves {
          try CurvesRow(
            picture: id, fact: curves.fact, method: methodIDs[curves.method],
            salientCount: curves.salientCount, salient: curves.salient,
            deletion: curves.deletion, insertion: curves.insertion
          ).insert(db)
        }
      }
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    try RecordFile.checkUntouched(in: path)
    return try RecordFile.using(path) {
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(30)
      configuration.prepareDatabase { try RecordFile.distrust($0) }
      let records = try DatabaseQueue(
        path: RecordFile.path(in: path), configuration: configuration)
      try records.inDatabase { db in
        try RecordFile.checkUnlessEmpty(db, path)
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
      try Schema.migrator.migrate(records)
      return records
    }
  }

  private static func dropUnmeasured(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM method WHERE id NOT IN (SELECT method FROM measured);
        DELETE FROM explainer WHERE id NOT IN (SELECT explainer FROM method);
        """)
    if try MeasuredRow.fetchCount(db) == 0 {
      try db.execute(sql: "DELETE FROM picture; DELETE FROM named; DELETE FROM run")
    }
  }

  private static func settle(
    _ identity: EvaluationIdentity, _ db: Database, _ path: String
  ) throws {
    guard let row = try RunRow.fetchOne(db) else {
      return try RunRow(identity: JSONText.of(identity)).insert(db)
    }
    let differences = try row.read().differences(from: identity)
    if !differences.isEmpty { throw EvaluationError.otherRun(path, differences: differences) }
  }

  /// Finds methods or adds them, and gives their numbers.
  private static func settle(
    _ methods: [EvaluatedMethod], _ db: Database, _ path: String
  ) throws -> [Int] {
    let contents = try RunContents(db, path)
    var explainers = Dictionary(
      contents.explainers.map { ($0.explainer.name, $0) }, uniquingKeysWith: { first, _ in first })
    return try methods.map { method in
      let name = method.explainer.name
      if explainers[name] == nil {
        let id = try 1 + (Int.fetchOne(db, sql: "SELECT MAX(id) FROM explainer") ?? 0)
        try ExplainerRow(id: id, name: name, description: JSONText.of(method.explainer)).insert(db)
        explainers[name] = (id, method.explainer)
      }
      guard let (id, known) = explainers[name] else { throw RecordFile.damaged(path) }
      try agree(known.differences(from: method.explainer), name, path)
      if let found = contents.methods.first(where: {
        $0.method.explainer.name == name && $0.method.scheme == method.scheme
      }) {
        let differs = found.method.support != method.support
        try agree(
          differs
            ? ["--support \(text(found.method.support)), not \(text(method.support))"] : [],
          name, path)
        return found.id
      }
      let number = try 1 + (Int.fetchOne(db, sql: "SELECT MAX(id) FROM method") ?? 0)
      try MethodRow(
        id: number, explainer: id, scheme: method.scheme.rawValue,
        support: method.support?.description
      ).insert(db)
      return number
    }
  }

  private static func text(_ support: Support?) -> String { support?.description ?? "none" }

  private static func agree(_ differences: [String], _ name: String, _ path: String) throws {
    if differences.isEmpty { return }
    throw EvaluationError.otherExplainer(name, run: path, differences: differences)
  }

  private static func known(
    _ db: Database, _ path: String, _ ids: [Int]
  ) throws -> [ExactName: Known] {
    let contents = try RunContents(db, path)
    let places = Dictionary(
      contents.methods.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return try contents.pictures(db).reduce(into: [:]) { known, picture in
      known[ExactName(picture.name)] = Known(
        sha256: picture.sha256, failure: picture.failure,
        likeliest: picture.likeliest.map(\.index),
        missing: ids.indices.filter { !(places[ids[$0]].map { picture.measured[$0] } ?? false) },
        isMeasured: picture.measured.contains(true))
    }
  }
}
