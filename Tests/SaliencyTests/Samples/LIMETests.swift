import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers and reductions of LIME.
@Suite struct LIMETests {
  static func grid(_ segments: Int) -> LIME.Segmentation { .init(.grid, segments: segments) }

  @Test(arguments: LIME.Draw.allCases)
  func `for a linear score and no penalty a segment has what it adds`(draw: LIME.Draw) throws {
    let method = LIME(
      segmentation: Self.grid(6), fill: .baseline(.black), samples: 60, penalty: 1e-6, draw: draw,
      seed: 3)
    let map = try method.maps(
      of: [.logit(ClassSet(0))], in: RowOfPixels.linear(), at: RowOfPixels.input()
    ).maps[0]
    let products = zip(RowOfPixels.weights, RowOfPixels.pixels).map { $0 * $1 }
    let expected = products.indices.map { i in products[i / 2 * 2] + products[i / 2 * 2 + 1] }
    // The penalty of 1e-6 is spread over about 10 of weight.
    expectClose(try map.values.floats(), expected, within: 1e-5)
    #expect(map.measurements[.segments] == 6)
    #expect(map.measurements[.samples] == 60)
    #expect(abs(try #require(map.measurements[.determination]) - 1) < 1e-5)
  }

  @Test func `one segment takes what hiding it costs, less its penalty`() throws {
    let (samples, width, penalty) = (20, Float(0.5), 3.0)
    let method = LIME(
      segmentation: Self.grid(1), fill: .segmentMean, samples: samples, width: width,
      penalty: penalty, seed: 8)
    let map = try method.maps(
      of: [.logit(ClassSet(0))], in: RowOfPixels.linear(), at: RowOfPixels.input()
    ).maps[0]
    let mean = RowOfPixels.pixels.reduce(0, +) / 12
    let cost = zip(RowOfPixels.weights, RowOfPixels.pixels).map { $0 * ($1 - mean) }.reduce(0, +)
    let kept = KeptSegments(count: 1, draw: .independent, seed: 8).rows(0..<samples)
    let ones = Double(kept.reduce(0, +))
    let zeros = (Double(samples) - ones) * exp(-1 / (2 * 0.25))
    // Σ π (z − z̄)² of ones and zeros.
    let spread = ones * zeros / (ones + zeros)
    let expected = Float(Double(cost) * spread / (spread + penalty))
    expectClose(
      try map.values.floats(), [Float](repeating: expected, count: 12), within: 1e-5)
  }

  @Test func `weights fall with the cosine distance from all ones`() {
    let kept = KeptSegments(count: 4, draw: .independent, seed: 0)
    let weights = kept.weights(of: [1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0], width: 0.25)
    // Distances 0, 1 − √¼ and 1.
    #expect(weights == [1, exp(-0.25 / 0.125), exp(-1 / 0.125)])
  }

  @Test func `samples keep half of the segments, the first all, in batches of any length`() {
    let kept = KeptSegments(count: 70, draw: .independent, seed: 1)
    let rows = kept.rows(0..<200)
    #expect(rows[..<70].allSatisfy { $0 == 1 })
    #expect(rows == kept.rows(0..<3) + kept.rows(3..<200))
    for k in 0..<70 {
      let share = (1..<200).map { rows[$0 * 70 + k] }.reduce(0, +) / 199
      // Four standard errors of ½.
      #expect(abs(share - 0.5) < 0.15)
    }
  }

  @Test func `of a pair one sample hides what the other keeps`() {
    let kept = KeptSegments(count: 70, draw: .paired, seed: 1)
    let rows = kept.rows(0..<9)
    for pair in stride(from: 1, to: 9, by: 2) {
      let (first, second) = (
        rows[pair * 70..<pair * 70 + 70], rows[(pair + 1) * 70..<pair * 70 + 140]
      )
      #expect(zip(first, second).allSatisfy { $0 + $1 == 1 })
    }
    #expect(rows[70..<140] != rows[210..<280])
  }

  @Test func `hidden segments have their mean colour, kept ones their own`() throws {
    let input = try RowOfPixels.input()
    let network = try RowOfPixels.linear()
    let parts = Superpixels(of: try network.card.input.picture(from: input), about: 6, by: .grid)
    let hidden = try HiddenSegments(
      Segments(labels: parts.labels, count: parts.count), of: network.input(input),
      filledWith: .segmentMean, network)
    let found = try hidden.inputs(keeping: [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0]).floats()
    var expected = RowOfPixels.pixels
    (expected[2], expected[3]) = (0.5, 0.5)
    (expected[10], expected[11]) = (0.525, 0.525)
    // Hidden and shown again, a pixel is rounded twice.
    expectClose(found, RowOfPixels.pixels + expected, within: 1e-6)
  }

  @Test func `pairs find what a bent network's segments do with a smaller error`() throws {
    // All samples weigh the same; then what pairs of segments do together cancels.
    func maps(_ draw: LIME.Draw, _ samples: Int, _ seed: Seed) throws -> [Float] {
      try LIME(
        segmentation: Self.grid(6), samples: samples, width: 100, penalty: 1e-6, draw: draw,
        seed: seed
      ).maps(
        of: (0..<3).map { .logit(ClassSet($0)) }, in: RowOfPixels.bent(), at: RowOfPixels.input()
      ).maps.flatMap { try $0.values.floats() }
    }
    let truth = try maps(.independent, 1500, 99)
    func error(_ draw: LIME.Draw) throws -> Float {
      try (0..<10).map { seed in
        zip(try maps(draw, 41, Seed(seed)), truth).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }.reduce(0, +)
    }
    #expect(try error(.paired) < error(.independent) * 0.8)
  }

  @Test func `a fit that does not fit the memory is refused, and one without samples`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]], height: 30, width: 30))
    let input = try Tensor([Float](repeating: 0, count: 900), shape: [1, 1, 30, 30])
    // Eight matrices of 902² numbers, of 8 bytes each.
    #expect(
      throws: SampleError.tooLarge(
        "a fit of 900 segments", bytes: 64 * 902 * 902, memory: 1 << 25)
    ) {
      _ = try LIME(segmentation: Self.grid(900), samples: 2, seed: 1).maps(
        of: [.logit(ClassSet(0))], in: network, at: input, within: Resources(memory: 1 << 25))
    }
    #expect(throws: TensorError.self) { try RidgeFit(variables: 3).solution(penalty: 1) }
  }

  @Test func `settings of the menu are read`() throws {
    let entry = try ExplainerMenu.entry(named: "lime")
    let context = ExplainerEntry.Context(
      network: try RowOfPixels.linear(), seed: 4)
    let text = "samples=50,segments=9,segmentation=quickshift,fill=blur:3,width=0.5,draw=paired"
    let made = try #require(entry.explainer(entry.values(text), context) as? LIME)
    #expect(made.samples == 50 && made.width == 0.5 && made.draw == .paired && made.seed == 4)
    #expect(made.segmentation == .init(.quickshift, segments: 9))
    #expect(made.fill == .baseline(.blur(sigma: 3)) && made.penalty == 1)
    let usual = try #require(entry.explainer(entry.values(""), context) as? LIME)
    #expect(usual.segmentation == .init() && usual.fill == .segmentMean && usual.samples == 1000)
    for text in [
      "fill=nowhere.png", "segmentation=grid,compactness=20",
      "segmentation=quickshift,compactness=5",
    ] {
      #expect(throws: SettingError.self, "\(text)") {
        _ = try entry.explainer(entry.values(text), context)
      }
    }
    let fast = try #require(
      entry.explainer(entry.values("compactness=9,batch=3,precision=bfloat16"), context) as? LIME)
    #expect(fast.segmentation.compactness == 9 && fast.batch == 3 && fast.precision != .single)
  }
}
