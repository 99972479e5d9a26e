import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// What holds for LIME and prediction difference analysis: seeds, invariances, progress, purity.
@Suite struct SegmentAndWindowInvarianceTests {
  static let names = ["lime", "paired lime", "pda", "pda of others"]

  static func method(_ name: String, seed: Seed = 5) throws -> any Explainer {
    let segmentation = LIME.Segmentation(.grid, segments: 5)
    return switch name {
    case "lime": LIME(segmentation: segmentation, samples: 37, seed: seed)
    case "paired lime": LIME(segmentation: segmentation, samples: 37, draw: .paired, seed: seed)
    case "pda": PDA(window: 3, stride: 2, surround: 1, samples: 5, seed: seed)
    default:
      PDA(
        window: 3, stride: 2, surround: 1, samples: 4,
        source: .pictures([
          try Picture(width: 12, height: 1, pixels: (0..<36).map { UInt8($0 * 7) }),
          try Picture(width: 30, height: 2, filledWith: Color(red: 90, green: 5, blue: 40)),
        ]), seed: seed)
    }
  }

  static let scores: [Score] = [
    .logit(ClassSet(0)), .probability(ClassSet(1)), .surprise(at: ClassSet(2)),
    .logOdds(ClassSet(1), against: ClassSet(0)),
  ]

  func maps(
    _ method: any Explainer, of scores: [Score] = scores, memory: Int = 1 << 30,
    progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try method.maps(
      of: scores, in: RowOfPixels.bent(), at: RowOfPixels.input(),
      within: Resources(memory: memory), progress: progress)
  }

  @Test(arguments: names)
  func `the same seed gives the same bytes, another seed another map`(name: String) throws {
    let first = try maps(Self.method(name)).maps.map { try $0.values.floats() }
    #expect(try maps(Self.method(name)).maps.map { try $0.values.floats() } == first)
    #expect(try maps(Self.method(name, seed: 6)).maps.map { try $0.values.floats() } != first)
    #expect(first[0].contains { $0 != 0 })
  }

  @Test(arguments: names)
  func `little memory gives the same maps`(name: String) throws {
    let (roomy, tight) = (try maps(Self.method(name)), try maps(Self.method(name), memory: 1))
    for (map, other) in try paired(roomy.maps, tight.maps) {
      // Batches of another length round differently; a window's value is a difference of scores.
      try expectClose(map.values, other.values, within: 1e-5, of: name)
    }
  }

  @Test(arguments: names)
  func `many scores at once give the maps of each alone`(name: String) throws {
    let together = try maps(Self.method(name))
    for (s, score) in Self.scores.enumerated() {
      let alone = try maps(Self.method(name), of: [score])
      // One solve for many scores sums in another order.
      try expectClose(alone.maps[0].values, together.maps[s].values, within: 1e-5, of: name)
      #expect(alone.scores[0] == together.scores[s])
    }
  }

  @Test(arguments: names)
  func `progress ends at its total, and stops the work when it throws`(name: String) throws {
    struct Stop: Error {}
    var updates: [ProgressUpdate] = []
    _ = try maps(Self.method(name)) { updates.append($0) }
    let last = try #require(updates.last)
    #expect(last.completed == last.total && updates.count > 1)
    #expect(zip(updates, updates.dropFirst()).allSatisfy { $0.completed < $1.completed })
    var calls = 0
    #expect(throws: Stop.self) {
      _ = try maps(Self.method(name)) { _ in
        calls += 1
        throw Stop()
      }
    }
    #expect(calls == 1)
  }

  @Test(arguments: names)
  func `network and input stay as they are`(name: String) throws {
    let (network, input) = (try RowOfPixels.bent(), try RowOfPixels.input())
    let before = try network.program.output(for: input).floats()
    _ = try Self.method(name).maps(of: Self.scores, in: network, at: input)
    #expect(try input.floats() == RowOfPixels.pixels)
    #expect(try network.program.output(for: input).floats() == before)
  }
}
