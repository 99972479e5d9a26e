import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Masks against their definition by hand, and estimators of their means against the exact
/// expectation: known answers and invariants.
@Suite struct RandomMaskTests {
  /// Two cells a side on 2 × 2 pixels: one offset; a grid (u v / w z) gives the mask
  /// (u, (u + v)/2 / (u + w)/2, (u + v + w + z)/4).
  private func tiny(
    _ dependence: RandomMasks.Dependence, probability: Float = 0.5, seed: Seed = 1
  ) throws -> RandomMasks {
    try RandomMasks(
      cells: 2, probability: probability, over: .pixels(height: 2, width: 2),
      dependence: dependence, seed: seed,
      on: .cpu)
  }

  /// A score with every kind of interaction.
  private func score(_ mask: [Float]) -> Float {
    3 * mask[0] - mask[1] + 4 * mask[0] * mask[3] - 2 * mask[1] * mask[2] * mask[3] + 5
  }

  /// E[s M]/p over all 16 grids.
  private func expectation(probability: Float) -> [Float] {
    var sum = [Float](repeating: 0, count: 4)
    for grid in 0..<16 {
      let cells = (0..<4).map { Float(grid >> $0 & 1) }
      let weight = cells.map { $0 == 1 ? probability : 1 - probability }.reduce(1, *)
      let mask = [
        cells[0], (cells[0] + cells[1]) / 2, (cells[0] + cells[2]) / 2, cells.reduce(0, +) / 4,
      ]
      for y in 0..<4 { sum[y] += weight * score(mask) * mask[y] / probability }
    }
    return sum
  }

  @Test func `a mask is its grid, enlarged and cut`() throws {
    let found = try tiny(.independent).masks(0..<200).floats()
    for mask in stride(from: 0, to: found.count, by: 4).map({ Array(found[$0..<$0 + 4]) }) {
      let u = mask[0]
      let v = 2 * mask[1] - u
      let w = 2 * mask[2] - u
      let z = 4 * mask[3] - u - v - w
      #expect([u, v, w, z].allSatisfy { $0 == 0 || $0 == 1 })
    }
  }

  @Test func `a mask's complement hides what it shows`() throws {
    let masks = try RandomMasks(
      cells: 3, probability: 0.5, over: .pixels(height: 7, width: 11), dependence: .complements,
      seed: 4, on: .cpu)
    let found = try masks.masks(0..<20)
    for pair in 0..<10 {
      let sum =
        try found.select(axis: 0, index: 2 * pair) + found.select(axis: 0, index: 2 * pair + 1)
      // Weights of a pixel's cells sum to 1 but for rounding.
      try expectClose(sum, Tensor([Float](repeating: 1, count: 77), shape: [7, 11]), within: 1e-6)
    }
  }

  @Test(arguments: [RandomMasks.Dependence.independent, .complements])
  func `masks have the mean and the covariance that are computed`(
    _ dependence: RandomMasks.Dependence
  ) throws {
    let masks = try RandomMasks(
      cells: 2, probability: 0.3, over: .pixels(height: 5, width: 5), dependence: dependence,
      seed: 9, on: .cpu)
    let count = 20_000
    let flat = try masks.masks(0..<count).reshaped([count, 25])
    // Five standard errors of a mean of 20 000 numbers of variance at most 0.21.
    expectClose(
      try flat.mean(axes: [0]).floats(), [Float](repeating: 0.3, count: 25), within: 0.055)
    let centred = try flat - 0.3
    let found = try centred.permuted([1, 0]).matrixProduct(centred) * (1 / Float(count))
    let factors = try masks.covarianceFactors()
    let (a, b) = (try factors.rows.floats(), try factors.columns.floats())
    let expected = (0..<625).map { i in
      let (x, y) = (i / 25, i % 25)
      return 0.21 * a[x / 5 * 5 + y / 5] * b[x % 5 * 5 + y % 5]
    }
    // Five standard errors, as above; the largest variance is about 0.2.
    expectClose(try found.floats(), expected, within: 0.05)
  }

  @Test(arguments: [0.5, 0.3] as [Float])
  func `both estimators have the exact expectation, and the paired one less variance`(
    probability: Float
  ) throws {
    let expected = expectation(probability: probability)
    var variances: [Double] = []
    for dependence in [RandomMasks.Dependence.independent, .complements] {
      let runs = try (0..<600).map { seed in
        let masks = try tiny(dependence, probability: probability, seed: Seed(UInt64(seed)))
        var estimator: any MaskEstimator =
          dependence == .independent
          ? PublishedEstimator(masks) : try PairedEstimator(masks, chunk: 4)
        for start in stride(from: 0, to: 12, by: 4) {
          let drawn = try masks.masks(start..<start + 4)
          let all = try drawn.floats()
          let scores = (0..<4).map { score(Array(all[4 * $0..<4 * $0 + 4])) }
          try estimator.add(drawn, scores: Tensor(scores, shape: [1, 4]))
        }
        return try estimator.estimate().maps.floats()
      }
      var variance = 0.0
      for y in 0..<4 {
        let values = runs.map { Double($0[y]) }
        let mean = values.reduce(0, +) / 600
        let spread = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 599
        // Four and a half standard errors: one run in 30 000 would be off by chance.
        #expect(abs(mean - Double(expected[y])) < 4.5 * (spread / 600).squareRoot())
        variance += spread
      }
      variances.append(variance)
    }
    #expect(variances[1] < variances[0] / 4)
  }

  @Test func `the standard error is the one that runs have`() throws {
    var errors: [Double] = []
    let runs = try (0..<300).map { seed in
      let masks = try tiny(.complements, seed: Seed(UInt64(seed)))
      var estimator = try PairedEstimator(masks, chunk: 64)
      let drawn = try masks.masks(0..<100)
      let all = try drawn.floats()
      let scores = (0..<100).map { score(Array(all[4 * $0..<4 * $0 + 4])) }
      try estimator.add(drawn, scores: Tensor(scores, shape: [1, 100]))
      let found = try estimator.estimate()
      errors.append(Double(found.errors[0]))
      return try found.maps.floats()
    }
    let exact = expectation(probability: 0.5)
    var square = 0.0
    for run in runs {
      for (found, expected) in try paired(run, exact) {
        square += Double((found - expected) * (found - expected)) / 1200
      }
    }
    let claimed = (errors.map { $0 * $0 }.reduce(0, +) / 300).squareRoot()
    // 300 runs tell a standard deviation to about 4 %; the surrogate's own error is left out.
    #expect(abs(claimed / square.squareRoot() - 1) < 0.2)
  }
}
