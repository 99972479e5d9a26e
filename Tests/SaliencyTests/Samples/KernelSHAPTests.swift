import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Shapley values counted out over all subsets, the axioms that they alone meet, and what is refused.
@Suite struct KernelSHAPTests {
  /// `φ_k = Σ_{S ∌ k} |S|! (K − |S| − 1)! / K! · (v(S ∪ k) − v(S))`, the definition of Shapley (1953).
  static func shapley(_ count: Int, _ value: (Int) -> Double) -> [Double] {
    let values = (0..<1 << count).map(value)
    func factorial(_ n: Int) -> Double { (0..<n).reduce(1) { $0 * Double($1 + 1) } }
    return (0..<count).map { k in
      (0..<1 << count).filter { $0 >> k & 1 == 0 }.reduce(0) { sum, set in
        let size = set.nonzeroBitCount
        let share = factorial(size) * factorial(count - size - 1) / factorial(count)
        return sum + share * (values[set | 1 << k] - values[set])
      }
    }
  }

  /// What the bent network scores where pixels of some segments, side by side, are kept and the others black.
  static func scores(_ score: Score, segments: Int) throws -> [Double] {
    let network = try RowOfPixels.bent()
    let size = RowOfPixels.pixels.count / segments
    return try (0..<1 << segments).map { set in
      let pixels = RowOfPixels.pixels.enumerated().map { i, pixel in
        set >> (i / size) & 1 == 1 ? pixel : 0
      }
      let output = try network.program.output(for: Tensor(pixels, shape: [1, 1, 1, 12]))
      return Double(try network.values(of: [score], from: output).floats()[0])
    }
  }

  static func method(_ segments: Int, samples: Int, seed: Seed = 3) -> KernelSHAP {
    KernelSHAP(
      segmentation: .init(.grid, segments: segments), fill: .baseline(.black), samples: samples,
      seed: seed)
  }

  static let score = Score.logOdds(ClassSet(0), against: ClassSet(1))

  private func map(_ method: KernelSHAP, _ score: Score = score) throws -> [Float] {
    try method.maps(of: [score], in: RowOfPixels.bent(), at: RowOfPixels.input()).maps[0].values
      .floats()
  }

  @Test(arguments: [1, 2, 3, 6])
  func `of few segments values are Shapley's`(segments: Int) throws {
    let values = try Self.scores(Self.score, segments: segments)
    let expected = Self.shapley(segments) { values[$0] }
    let found = try map(Self.method(segments, samples: 64))
    // Scores are floats of size 3, and the fit adds a millionth of them.
    expectClose(
      found, (0..<12).map { Float(expected[$0 / (12 / segments)]) }, within: 2e-5)
  }

  @Test func `of more segments they are near, the nearer the more samples`() throws {
    let values = try Self.scores(Self.score, segments: 12)
    let expected = Self.shapley(12) { values[$0] }
    func error(_ samples: Int) throws -> Double {
      try zip(map(Self.method(12, samples: samples)), expected).reduce(0) {
        $0 + abs(Double($1.0) - $1.1)
      } / 12
    }
    let scale = expected.reduce(0) { $0 + abs($1) } / 12
    let (few, many) = (try error(100), try error(3000))
    #expect(few < 0.3 * scale, "\(few) beside \(scale)")
    #expect(many < 0.05 * scale && many < few, "\(many) beside \(scale), and \(few)")
  }

  @Test(arguments: [30, 64, 500])
  func `values sum to what hiding all segments costs`(samples: Int) throws {
    let values = try Self.scores(Self.score, segments: 12)
    let sum = try map(Self.method(12, samples: samples)).reduce(0, +)
    expectClose([sum], [Float(values[4095] - values[0])], within: 1e-5)
  }

  @Test func `of a linear score a segment has what it adds, however few the samples`() throws {
    let found = try Self.method(12, samples: 24).maps(
      of: [.logit(ClassSet(0))], in: RowOfPixels.linear(), at: RowOfPixels.input()
    ).maps[0].values.floats()
    expectClose(
      found, zip(RowOfPixels.weights, RowOfPixels.pixels).map { $0 * $1 }, within: 1e-5)
  }

  @Test func `samples come in pairs of opposites, at the sizes of the kernel`() {
    let drawn = Coalitions(of: 40, atMost: 4001, seed: 5)
    #expect(!drawn.areAll && drawn.count == 4000)
    let rows = drawn.rows(0..<4001)
    #expect(rows[..<40].allSatisfy { $0 == 0 })
    #expect(rows == drawn.rows(0..<7) + drawn.rows(7..<4001))
    for sample in stride(from: 1, to: 4001, by: 2) {
      let (one, other) = (
        rows[sample * 40..<sample * 40 + 40], rows[sample * 40 + 40..<sample * 40 + 80]
      )
      #expect(zip(one, other).allSatisfy { $0 + $1 == 1 })
    }
    let sizes = (1..<4001).map { Int(rows[$0 * 40..<$0 * 40 + 40].reduce(0, +)) }
    let mass = (1..<40).reduce(0.0) { $0 + 1 / Double($1 * (40 - $1)) }
    for size in [1, 2, 20, 39] {
      let expected = 1 / Double(size * (40 - size)) / mass
      let share = Double(sizes.count { $0 == size }) / 4000
      // Four standard errors of 2,000 pairs.
      #expect(abs(share - expected) < 4 * (expected / 2000).squareRoot(), "\(size): \(share)")
    }
  }

  @Test func `too few samples are refused`() throws {
    #expect(throws: SampleError.tooFew(samples: 20, segments: 12)) {
      _ = try map(Self.method(12, samples: 20))
    }
    #expect(throws: SettingFault.self) { _ = try map(Self.method(12, samples: 1)) }
  }
}
