import Contrast
import Faithfulness
import Files
import Foundation
import Networks
import Saliency
import Tensors
import Testing

@testable import Evaluation

/// What a folder of records accepts and refuses: bad input, and that nothing is left behind.
@Suite struct RunRecordTests {
  func refusal(_ body: () throws -> Void) -> EvaluationError? {
    do { try body() } catch { return error as? EvaluationError }
    return nil
  }

  @Test func `another identity is refused, and says how it differs`() throws {
    let toy = try ToyEvaluation(2)
    let run = toy.path("run")
    try toy.job([toy.gradCAM()], [.swox]).run(in: run)
    let before = try toy.dump("run")
    var settings = try toy.settings(metrics: .init(arithmetic: .published, step: 1, wholeSteps: 4))
    settings.mass = 0.5
    settings.deleted = .init("black", .black)
    let found = refusal { try toy.job([toy.gradCAM()], settings: settings).run(in: run) }
    #expect(
      found
        == .otherRun(
          run,
          differences: [
            "--mass 1.0, not 0.5", "--preset paper, not published", "--step 3, not 1",
            "--fill mean, not black",
          ]))
    let clusters = refusal {
      try toy.job([toy.gradCAM()], settings: toy.settings([[0, 2], [1]])).run(in: run)
    }
    #expect(clusters == .otherRun(run, differences: ["other --clusters"]))
    #expect(try toy.dump("run") == before)
  }

  @Test func `an explainer of the same name has the same settings`() throws {
    let toy = try ToyEvaluation(1)
    let run = toy.path("run")
    try toy.job([toy.rise(), toy.gradCAM()], [.cwox2s]).run(in: run)
    #expect(
      refusal { try toy.job([toy.rise(masks: 5)], [.swox]).run(in: run) }
        == .otherExplainer("rise", run: run, differences: ["masks=24, not 5"]))
    #expect(
      refusal { try toy.job([toy.gradCAM(support: .percentile(90))], [.cwox2s]).run(in: run) }
        == .otherExplainer(
          "grad-cam", run: run, differences: ["--support percentile:50, not percentile:90"]))
    // Schemes of one stage have no support.
    try toy.job([toy.gradCAM(support: .percentile(90))], [.swox]).run(in: run)
    #expect(
      try EvaluationRun.open(run).methods.map(\.support) == [.percentile(70), .percentile(50), nil])
  }

  @Test func `unreadable pictures are recorded, and measured once they are whole`() throws {
    let toy = try ToyEvaluation(3)
    let whole = try Data(contentsOf: toy.folder.appending(path: "photos/01.png"))
    try toy.put("no picture".utf8, in: "photos/01.png")
    var failures: [String] = []
    let job = try toy.job([toy.gradCAM()], [.swox])
    for _ in 0..<2 {
      let summary = try job.run(
        in: toy.path("run"), workers: 2, memory: 1 << 30, failure: { failures.append($0) })
      #expect(summary.failed == 1 && summary.pictures == 2)
    }
    #expect(failures.count == 2 && failures.allSatisfy { $0.hasPrefix("01.png") }, "\(failures)")
    let broken = try EvaluationRun.open(toy.path("run"))
    #expect(broken.pictures[1].failure == failures[0] && broken.pictures[1].pairs.isEmpty)
    #expect(broken.unfinished.isEmpty)
    try toy.put(whole, in: "photos/01.png")
    try job.run(in: toy.path("run"))
    try job.run(in: toy.path("whole"))
    #expect(try toy.dump("run") == toy.dump("whole"))
  }

  @Test func `a name stands for one picture`() throws {
    let toy = try ToyEvaluation(3)
    let run = toy.path("run")
    try toy.job([toy.gradCAM()], [.swox]).run(in: run)
    try toy.put(Data(contentsOf: toy.folder.appending(path: "photos/02.png")), in: "photos/01.png")
    let before = try toy.dump("run")
    for schemes in [[.swox], [.swox, .cwox1sA]] as [[Scheme]] {
      #expect(
        refusal { try toy.job([toy.gradCAM()], schemes).run(in: run) }
          == .otherPicture("01.png", run: run))
    }
    #expect(
      try toy.dump("run").filter { $0.contains("00.png") || $0.contains("02.png") }.count == 2)
    #expect(before.count == 1 + 1 + 9)
  }

  @Test func `what is no run`() throws {
    let toy = try ToyEvaluation(1)
    let job = try toy.job([toy.gradCAM()], [.swox])
    try toy.put("mine".utf8, in: "file")
    #expect(refusal { try job.run(in: toy.path("file")) } == .notAFolder(toy.path("file")))
    #expect(refusal { try job.run(in: toy.path("photos")) } == .otherFolder(toy.path("photos")))
    #expect(throws: FileError.self) { try job.run(in: toy.path("none/run")) }
    for name in ["none", "photos"] {
      #expect(refusal { _ = try EvaluationRun.open(toy.path(name)) } == .notARun(toy.path(name)))
    }
    try FileManager.default.createDirectory(
      atPath: toy.path("other"), withIntermediateDirectories: true)
    for bytes in [
      Data("no records, but long enough to have the length of a header of SQLite's".utf8)
    ] {
      try toy.put(bytes, in: "other/records.sqlite")
      #expect(
        refusal { _ = try EvaluationRun.open(toy.path("other")) } == .notARun(toy.path("other")))
      #expect(refusal { try job.run(in: toy.path("other")) } == .notARun(toy.path("other")))
      #expect(try Data(contentsOf: toy.folder.appending(path: "other/records.sqlite")) == bytes)
    }
  }

  @Test func `a second process waits its turn, and readers do not`() throws {
    let toy = try ToyEvaluation(3)
    let run = toy.path("run")
    let job = try toy.job([toy.gradCAM()], [.swox])
    var seen: [Int] = []
    try job.run(in: run, workers: 1) { _ in
      #expect(refusal { try job.run(in: run) } == .busy(run))
      seen.append(try EvaluationRun.open(run).pictures.count)
    }
    #expect(seen == [1, 2, 3])
    let names = try FileManager.default.contentsOfDirectory(atPath: run)
    #expect(names == ["records.sqlite"])
  }

  @Test func `what is open stays as it was`() throws {
    let toy = try ToyEvaluation(3)
    let run = toy.path("run")
    try toy.job([toy.gradCAM()], [.swox], limit: 1).run(in: run)
    let early = try EvaluationRun.open(run)
    try toy.job([toy.gradCAM()], [.swox, .cwox2s]).run(in: run)
    let pairs = try early.pairs(of: early.pictures[0])
    #expect(early.pictures.count == 1 && pairs.count == 2 && pairs[0].curves.count == 1)
  }

  @Test func `a run that measured nothing does not stay, and binds nobody`() throws {
    struct Stop: Error {}
    let toy = try ToyEvaluation(1)
    let run = toy.path("run")
    let job = try toy.job([toy.gradCAM()], [.swox])
    #expect(throws: Stop.self) {
      try job.run(
        in: run, workers: 1, memory: 1 << 30, begin: { _ in try? toy.put([], in: "photos/00.png") },
        progress: { _ in throw Stop() })
    }
    #expect(!FileManager.default.fileExists(atPath: run))
    // One that was killed could not clear up, be it before or after its first write.
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
    try toy.put([], in: "run/records.sqlite")
    #expect(refusal { _ = try EvaluationRun.open(run) } == .notARun(run))
    _ = try RecordWriter(in: run, job.identity(on: .cpu), job.evaluatedMethods)
    #expect(FileManager.default.fileExists(atPath: run))
    let other = try ToyEvaluation(2)
    try other.job([other.rise()], settings: other.settings([[0, 1, 2]])).run(in: run)
    #expect(try EvaluationRun.open(run).methods.count == 4)
  }

  @Test func `explainers and schemes are named once`() throws {
    let toy = try ToyEvaluation(1)
    #expect(refusal { _ = try toy.job([toy.rise(), toy.rise()]) } == .repeated("rise"))
    #expect(refusal { _ = try toy.job([toy.rise()], [.swox, .swox]) } == .repeated("swox"))
  }
}
