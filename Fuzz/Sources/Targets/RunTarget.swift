import Contrast
import Faithfulness
import Files
import Foundation
import GRDB
import Networks
import Report
import Terms

@testable import Evaluation

/// The records of a run of evaluation, read as `rather evaluate report` reads them.
struct RunTarget {
  private let scratch: Scratch
  private let folder: String

  init(in scratch: Scratch) {
    self.scratch = scratch
    folder = scratch.path("run")
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  func feed(_ bytes: [UInt8]) throws {
    let path = try scratch.file("run/records.sqlite", bytes)
    // SQLite leaves these beside a file that it cannot read to its end.
    defer { for ending in ["-wal", "-shm", "-journal"] { unlink(path + ending) } }
    let run = try EvaluationRun.open(folder)
    let tabled = try TabledRun(run, title: "run")
    let tables = try EvaluationTables(of: [tabled], seed: Seed(0), replicates: 2).tables()
    let rows = try EvaluationRecords.table(of: [tabled])
    _ = CSV.bytes(of: rows)
    _ = try Parquet.bytes(of: rows)
    _ = try EvaluationReport(
      of: [.init(run, tabled)], tables: tables, replicates: 2, pictureFolders: [],
      provenance: Provenance(command: "rather evaluate report run", seed: 0, version: "1")
    ).html()
  }

  /// A run of two pictures by two schemes, one of which has no pair, and of one that could not be read.
  ///
  /// - Parameter pageSize: Of SQLite's; the fewer bytes, the likelier is a change of one that matters.
  static func seed(in scratch: Scratch, pageSize: Int) throws -> [UInt8] {
    let folder = scratch.path("seed-\(pageSize)")
    let writer = try RecordWriter(in: folder, identity, methods)
    try writer.write(named: ["a.png", "b.png", "c.png", "d.png"])
    try writer.write(
      PictureRecord(
        name: "a.png", sha256: nil, failure: nil,
        likeliest: [.init(index: 0, probability: 0.5), .init(index: 1, probability: 0.25)],
        clusters: [[0, 1]], methods: [0, 1],
        curves: [(0, 0), (1, 0), (0, 1), (1, 1)].map { curves(fact: $0, method: $1) }))
    try writer.write(
      PictureRecord(
        name: "b.png", sha256: nil, failure: nil, likeliest: [.init(index: 2, probability: 0.75)],
        clusters: [[2]], methods: [0, 1]))
    try writer.write(.failed("c.png", nil, "c.png is no picture"))
    try writer.end(keeping: true)
    let path = RecordFile.path(in: folder)
    try DatabaseQueue(path: path).inDatabase { db in
      for word in ["journal_mode = DELETE", "page_size = \(pageSize)"] {
        try db.execute(sql: "PRAGMA \(word)")
      }
      try db.execute(sql: "VACUUM")
    }
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private static let identity = EvaluationIdentity(
    version: EvaluationIdentity.currentVersion, network: "net",
    card: Card(
      task: .classification, output: .logits, labels: .list(["cello", "violin", "drum"]),
      input: Preprocessing(
        height: 2, width: 4, channels: 1, channelOrder: .gray, mean: [0], std: [1],
        resize: .squash, crop: 1)),
    clusters: .byHand([[0, 1], [2]]), mass: 0.9, top: 3, contrast: .outside,
    metrics: MetricSettings(step: 2, wholeSteps: 2, areas: [0.5]),
    fills: .init(deleted: "mean", ground: "blur:1"), seed: Seed(0), device: "cpu")

  private static let methods: [EvaluatedMethod] = {
    let explainer = EvaluatedExplainer(
      name: "rise", title: "RISE", clusterPlace: "input", classPlace: "input",
      settings: ["masks": "4"])
    return [
      EvaluatedMethod(explainer: explainer, scheme: .swox, support: nil),
      EvaluatedMethod(explainer: explainer, scheme: .cwox2s, support: .percentile(50)),
    ]
  }()

  private static func curves(fact: Int, method: Int) -> PictureRecord.Curves {
    func curve(_ counts: [Int]) -> Data {
      CurveCode.data(
        of: ContrastCurve(
          counts: counts, fact: counts.map { -1 - Double($0) }, foil: counts.map { _ in -2 }))
    }
    return .init(
      fact: fact, method: method, salientCount: 4, salient: curve([0, 2, 4]),
      deletion: curve([0, 4, 8]), insertion: curve([0, 4, 8]))
  }
}
