import Contrast
import Faithfulness
import Foundation
import Imagery
import Networks
import Saliency
import Terms
import TestSupport
import Testing

@testable import Evaluation

/// Runs on a toy network: re-derivation of what is recorded, invariance of interruptions, additions
/// and threads.
@Suite struct EvaluationPlanTests {
  @Test func `what is recorded is what the meter finds for the explainer's own maps`() throws {
    let toy = try ToyEvaluation(3)
    let summary = try toy.job([toy.gradCAM()], [.swox]).run(in: toy.path("run"))
    #expect(summary.pictures == 3 && summary.pairs == 6 && summary.methods == 1)
    let run = try EvaluationRun.open(toy.path("run"))
    #expect(run.pictures.map(\.name) == ["00.png", "01.png", "02.png"])
    #expect(run.labels.names == ["a", "b", "c"] && run.featureCount == 24)
    var shown = 0
    for picture in run.pictures {
      #expect(picture.pairs.map { [$0.fact] + $0.foil }.map { $0.sorted() } == [[0, 1], [0, 1]])
      let input = try toy.network.card.input.input(
        from: .init(contentsOf: toy.path("photos/\(picture.name)")))
      let prediction = try toy.network.prediction(for: input)
      #expect(picture.likeliest.map(\.index) == prediction.classes.map(\.index))
      #expect(picture.likeliest.map(\.probability) == prediction.classes.map(\.probability))
      let runner = try CurveRunner(toy.network, at: input, ground: .blur(sigma: 1))
      for pair in try run.pairs(of: picture) {
        let map = try toy.gradCAM().stages.classes.maps(
          of: { _ in [.logit(ClassSet(pair.pair.fact))] }, in: toy.network, at: input,
          within: Resources(), progress: { _ in }
        ).maps[0]
        let expected = try MapMeasurer(runner, ToyEvaluation.metrics).curves(
          of: [
            MeasuredMap(
              map.values, of: ClassSet(pair.pair.fact), against: ClassSet(pair.pair.foil))
          ])[0]
        let found = try #require(pair.curves[0])
        #expect(found.salientCount == expected.salientCount)
        shown += min(1, found.salientCount)
        for (own, other) in [
          (found.salient, expected.salient), (found.deletion, expected.deletion),
          (found.insertion, expected.insertion),
        ] as [(ContrastCurve?, ContrastCurve?)] {
          #expect(own?.counts == other?.counts)
          // Logarithms are kept in 32 bits, and passes of another batch differ in the last.
          expectClose(
            own?.fact.map { Float($0) } ?? [], other?.fact.map { Float($0) } ?? [], within: 1e-5)
          expectClose(
            own?.foil.map { Float($0) } ?? [], other?.foil.map { Float($0) } ?? [], within: 1e-5)
        }
      }
    }
    #expect(shown > 2, "most maps show something")
  }

  @Test func `a run that stops after any picture goes on to the same records`() throws {
    struct Stop: Error {}
    let toy = try ToyEvaluation(5)
    let job = try toy.job([toy.gradCAM(), toy.rise()])
    try job.run(in: toy.path("whole"))
    for stop in 1..<5 {
      let name = "run-\(stop)"
      #expect(throws: Stop.self) {
        try job.run(in: toy.path(name)) { _ in
          let run = try? EvaluationRun.open(toy.path(name))
          if run?.pictures.count == stop { throw Stop() }
        }
      }
      #expect(try EvaluationRun.open(toy.path(name)).pictures.count == stop)
      var before = -1
      try job.run(in: toy.path(name), workers: 1, memory: 1 << 30, begin: { before = $0 })
      #expect(before == stop)
      #expect(try toy.dump(name) == toy.dump("whole"))
    }
    #expect(try toy.dump("whole").count == 1 + 8 + 5 * 3)
  }

  @Test(arguments: [1, 2, 5])
  func `threads change nothing`(workers: Int) throws {
    let toy = try ToyEvaluation(6)
    let job = try toy.job([toy.gradCAM(), toy.rise()])
    try job.run(in: toy.path("one"), workers: 1)
    try job.run(in: toy.path("many"), workers: workers)
    #expect(try toy.dump("one") == toy.dump("many"))
  }

  @Test func `methods, schemes and pictures may come later`() throws {
    let toy = try ToyEvaluation(4)
    try toy.job([toy.gradCAM(), toy.rise()], [.swox, .cwox2s]).run(in: toy.path("whole"))
    let run = toy.path("parts")
    try toy.job([toy.gradCAM()], [.swox], limit: 2).run(in: run)
    try toy.job([toy.gradCAM()], [.swox, .cwox2s], limit: 3).run(in: run)
    #expect(
      try EvaluationRun.open(run).pictures.map(\.measured)
        == Array(repeating: [true, true], count: 3))
    try toy.job([toy.rise()], [.swox, .cwox2s], limit: 1).run(in: run)
    let part = try EvaluationRun.open(run)
    #expect(part.pictures.map { $0.measured.count { $0 } } == [4, 2, 2])
    #expect(part.unfinished.map(\.name) == ["01.png", "02.png"])
    let gaps = try part.pairs(of: part.pictures[1])[0].curves.map { $0 == nil }
    #expect(gaps == [false, false, true, true])
    try toy.job([toy.gradCAM(), toy.rise()], [.swox, .cwox2s]).run(in: run)
    let (parts, whole) = try (EvaluationRun.open(run), EvaluationRun.open(toy.path("whole")))
    #expect(parts.pictures == whole.pictures && parts.methods == whole.methods)
    // Logarithms were rounded to 24 bits, after passes that other maps shared.
    try expectClose(parts.tabled(), whole.tabled(), within: 1e-6)
    let again = try toy.job([toy.rise()], [.cwox2s]).run(in: run)
    #expect(again.alteredPictures == 0 && again.methods == 4 && again.pictures == 4)
  }

  @Test func `a picture without a pair is measured and has no curves`() throws {
    let toy = try ToyEvaluation(2)
    let settings = try toy.settings([[0], [1], [2]])
    let summary = try toy.job([toy.gradCAM()], settings: settings).run(in: toy.path("run"))
    #expect(summary.pairless == 2 && summary.pairs == 0)
    let run = try EvaluationRun.open(toy.path("run"))
    #expect(run.unfinished.isEmpty && run.pictures.allSatisfy { $0.clusters.count == 3 })
    try run.forEachPair { _ in Issue.record("a pair") }
  }

  @Test func `maps that ask for the same pictures share them`() throws {
    let toy = try ToyEvaluation(1)
    let alone = try toy.job([toy.gradCAM()], [.swox]).run(in: toy.path("alone"))
    // Whole curves begin and end with the same picture, and the curve to n_δ lies on that of deletion.
    #expect(alone.sharedPictures > 0)
    let both = try toy.job([toy.gradCAM()], [.swox, .cwox1sA]).run(in: toy.path("both"))
    #expect(both.sharedPictures >= alone.sharedPictures + 4)
  }
}
