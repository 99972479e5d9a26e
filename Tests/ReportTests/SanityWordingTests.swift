import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness
@testable import Report

/// Known sentences for known results.
@Suite struct SanityWordingTests {
  private let chance = ChanceLevel(
    magnitudeCorrelation: .init(median: 0, upper: 0.2), ssim: .init(median: 0.1, upper: 0.3))

  private func step(_ change: SanityResult.Change, _ correlation: Double?) -> SanityResult.Step {
    let similarity = correlation.map {
      MapSimilarity(rankCorrelation: $0, magnitudeCorrelation: $0, ssim: 0.1)
    }
    return .init(
      change: change, map: nil, condition: similarity == nil ? .constant : .varied,
      similarity: similarity, kept: similarity.map(chance.kept) ?? 0)
  }

  private func sentence(
    _ test: SanityTest, _ correlations: [Double?], isMap: Bool = true
  ) throws -> (SanityVerdict, String) {
    let zero = try Tensor([0, 0, 0, 1], shape: [2, 2])
    let result = SanityResult(
      test: test, question: .why(ClassSet(0)),
      original: SaliencyMap(values: zero, atLayer: zero, rectification: .none),
      chance: isMap ? chance : nil,
      steps: correlations.enumerated().map { place, value in
        step(
          test.changesWeights
            ? .stages(test == .cascade ? 0...place : place...place)
            : .question(.why(ClassSet(place + 1))), value)
      })
    let stages = try ToyNetworks.bent().weightStages(atMost: 3)
    return (result.verdict, SanityWording(stages: stages).sentence(about: result))
  }

  @Test func `verdicts follow from what is kept, and sentences name the numbers`() throws {
    let gone = try sentence(.cascade, [0.9, 0.05])
    #expect(gone.0 == .changes)
    #expect(
      gone.1.contains("no more like the original") && gone.1.contains("0.05, theirs up to 0.20"))
    #expect(try sentence(.cascade, [0.9, 0.4]).0 == .partly)
    let late = try sentence(.cascade, [0.9, 0.7, 0.6, 0.1])
    #expect(late.0 == .partly && late.1.contains("until 3 of the 4 stages are random"))
    let same = try sentence(.cascade, [0.9, 0.8])
    #expect(same.0 == .stays && same.1.contains("not what the network learnt"))
    #expect(try sentence(.cascade, [0.9, nil]).1.contains("no map is left"))
    let some = try sentence(.independent, [0.95, 0.3, 0.97])
    #expect(some.0 == .partly && some.1.contains("one of the stages 1 or 3 is random"))
    #expect(try sentence(.independent, [0.1, nil]).0 == .changes)
    #expect(try sentence(.independent, [1, 1]).0 == .stays)
    let class_ = try sentence(.randomLogit, [0.2, 0.4])
    #expect(class_.0 == .changes && class_.1.contains("on average 0.30"))
    #expect(try sentence(.randomFact, [0.6, 0.8]).0 == .partly)
    let idle = try sentence(.randomFoil, [1])
    #expect(idle.0 == .stays && idle.1.hasPrefix("With another foil"))
    #expect(try sentence(.cascade, [nil], isMap: false).0 == .untested)
  }

  @Test func `numbers have two digits and a true minus sign`() {
    #expect([0.123, -0.5, -0.001].map(SanityWording.number) == ["0.12", "−0.50", "0.00"])
  }
}
