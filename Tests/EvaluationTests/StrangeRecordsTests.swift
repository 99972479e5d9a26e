import Contrast
import Files
import Foundation
import GRDB
import Terms
import Testing

@testable import Evaluation

/// Folders and files of records that are taken away, another's, or made to harm: bad input, and that
/// nothing of another's is touched.
@Suite struct StrangeRecordsTests {
  /// Each is another moment at which the folder can be gone.
  @Test(arguments: ["the folder", "the file", "the folder, and another is there"])
  func `a folder that is removed meanwhile is told by its name`(what: String) throws {
    let toy = try ToyEvaluation(3)
    let run = toy.path("run")
    let files = FileManager.default
    var calls = 0
    let error = #expect(throws: EvaluationError.self) {
      try toy.job([toy.gradCAM()], [.swox]).run(in: run, workers: 1) { _ in
        calls += 1
        guard calls == 1 else { return }
        try files.removeItem(atPath: what == "the file" ? RecordFile.path(in: run) : run)
        guard what.contains("another") else { return }
        try files.createDirectory(atPath: run, withIntermediateDirectories: false)
        try toy.put("another's".utf8, in: "run/records.sqlite")
      }
    }
    #expect(error == .removed(run) && error?.kind == .io, "\(String(describing: error))")
    if what.contains("another") {
      #expect(try String(contentsOfFile: RecordFile.path(in: run), encoding: .utf8) == "another's")
    }
  }

  @Test func `a folder that is removed behind the last picture is told by its name`() throws {
    let toy = try ToyEvaluation(2)
    let run = toy.path("run")
    let job = try toy.job([toy.gradCAM()], [.swox])
    let last = job.names.count * EvaluationPlan.progressSteps
    let error = #expect(throws: EvaluationError.self) {
      try job.run(in: run, workers: 1) { progress in
        if progress.completed == last { try FileManager.default.removeItem(atPath: run) }
      }
    }
    #expect(error == .removed(run), "\(String(describing: error))")
  }

  /// A small file, one with SQLite's log beside it, a large one, one of another program, and no database.
  @Test(arguments: ["small", "log", "large", "other", "text"])
  func `a file of another program stays as it was, to the byte`(kind: String) throws {
    let toy = try ToyEvaluation(1)
    let folder = toy.folder.appending(path: "run")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try writeForeign(kind, in: folder.path)
    let before = try contents(of: folder)
    let job = try toy.job([toy.gradCAM()], [.swox])
    for attempt in [
      { _ = try job.run(in: folder.path) }, { _ = try EvaluationRun.open(folder.path) },
    ] {
      #expect(throws: EvaluationError.notARun(folder.path)) { try attempt() }
      #expect(try contents(of: folder) == before)
    }
  }

  private func writeForeign(_ kind: String, in folder: String) throws {
    let file = RecordFile.path(in: folder)
    if kind == "text" {
      try Data("no database, but a text of a hundred bytes or more. ".utf8 + Data(count: 100))
        .write(to: URL(filePath: file))
      return
    }
    let other = try DatabaseQueue(path: file)
    try other.writeWithoutTransaction { db in
      if kind == "other" { try db.execute(sql: "PRAGMA application_id = 7") }
      if kind == "log" { try db.execute(sql: "PRAGMA journal_mode = wal") }
      try db.execute(sql: "CREATE TABLE note (text TEXT)")
      try db.execute(
        sql: "INSERT INTO note VALUES (zeroblob(?))", arguments: [kind == "large" ? 200_000 : 10])
      guard kind == "log" else { return }
      // What a process that was killed leaves: closing would empty the log.
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: file + suffix, toPath: file + suffix + ".left")
      }
    }
    try other.close()
    guard kind == "log" else { return }
    for suffix in ["", "-wal"] {
      try? FileManager.default.removeItem(atPath: file + suffix)
      try FileManager.default.moveItem(atPath: file + suffix + ".left", toPath: file + suffix)
    }
  }

  private func contents(of folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.reduce(into: [:]) {
      $0[$1] = try Data(contentsOf: folder.appending(path: $1))
    }
  }

  /// Each would be computed when it is read or written to, the first without end.
  @Test(
    .timeLimit(.minutes(20)),
    arguments: [
      """
      DROP TABLE measured; CREATE VIEW measured AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL \
      SELECT i + 1 FROM n) SELECT i AS picture, i AS method FROM n
      """,
      "CREATE TRIGGER t BEFORE INSERT ON named BEGIN DELETE FROM picture; END",
      "DROP TABLE grdb_migrations; CREATE VIEW grdb_migrations AS SELECT '1' AS identifier",
    ])
  func `a run with views or triggers is refused, by readers and by the next work`(
    sql: String
  ) throws {
    let toy = try ToyEvaluation(1)
    let run = toy.path("run")
    let job = try toy.job([toy.gradCAM()], [.swox])
    try job.run(in: run)
    let records = try DatabaseQueue(path: RecordFile.path(in: run))
    try records.write { try $0.execute(sql: sql) }
    try records.close()
    for attempt in [{ _ = try EvaluationRun.open(run) }, { _ = try job.run(in: run) }] {
      let error = #expect(throws: EvaluationError.self) { try attempt() }
      guard case .records(_, let reason)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(reason.contains("views or triggers"))
    }
  }
}
