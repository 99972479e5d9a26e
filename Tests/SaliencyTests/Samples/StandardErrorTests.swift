import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// The standard errors that methods tell, against how far maps of other seeds lie apart.
@Suite struct StandardErrorTests {
  /// The root mean square over features of the spread over seeds, as a fraction of the mean map's largest magnitude, and
  /// the mean of what the maps say of it.
  private func errors(
    _ seeds: Int, _ method: (Seed) -> any Explainer, _ score: Score, _ network: Network,
    _ input: Tensor
  ) throws -> (found: Float, told: Float) {
    let maps = try (0..<seeds).map { seed in
      try method(Seed(UInt64(seed))).maps(of: [score], in: network, at: input).maps[0]
    }
    let values = try maps.map { try $0.values.floats() }
    let count = Float(seeds)
    var (square, largest): (Float, Float) = (0, 0)
    for i in values[0].indices {
      let mean = values.reduce(0) { $0 + $1[i] } / count
      square += values.reduce(0) { $0 + ($1[i] - mean) * ($1[i] - mean) } / (count - 1)
      largest = max(largest, abs(mean))
    }
    let told = try maps.map { map in
      let own = try map.values.floats().map(abs).max() ?? 0
      return try #require(map.measurements[.standardError]) * own
    }
    return (
      (square / Float(values[0].count)).squareRoot() / largest, told.reduce(0, +) / count / largest
    )
  }

  @Test(arguments: LIME.Draw.allCases)
  func `LIME's maps of other seeds lie as far apart as it says`(_ draw: LIME.Draw) throws {
    let (found, told) = try errors(
      60,
      { LIME(segmentation: .init(.grid, segments: 6), samples: 201, draw: draw, seed: $0) },
      .logit(ClassSet(0)), RowOfPixels.bent(), RowOfPixels.input())
    // A spread over 60 seeds of some six numbers is known to about a tenth.
    #expect(found > 0 && abs(told / found - 1) < 0.25, "\(told) told, \(found) found")
  }

  @Test func `PDA's maps of other seeds lie as far apart as it says`() throws {
    let gaussian = try PDATests.gaussian([0.5, 0.4, 0.5]) { $0 == $1 ? 0.09 : 0.03 }
    let (network, input) = (try RowOfPixels.bent(), try RowOfPixels.input())
    struct Drawn: Explainer {
      let base: PDA
      let gaussian: PatchGaussian
      func checkSettings() throws(SettingFault) {}
      func maps(for request: MapRequest) throws -> Explanation {
        try base.maps(for: request, drawnFrom: gaussian)
      }
    }
    for score in [Score.logit(ClassSet(0)), .probability(ClassSet(1))] {
      let (found, told) = try errors(
        80,
        {
          Drawn(
            base: PDA(
              window: 1, stride: 1, surround: 1, samples: 20, trainingCount: 1000, seed: $0),
            gaussian: gaussian)
        }, score, network, input)
      #expect(found > 0 && abs(told / found - 1) < 0.25, "\(told) told, \(found) found")
    }
  }

  @Test func `RISE's maps of other seeds lie as far apart as it says`() throws {
    let (found, told) = try errors(
      60, { RISE(maskCount: 200, cells: 3, seed: $0) }, .logit(ClassSet(0)), RowOfPixels.bent(),
      RowOfPixels.input())
    #expect(found > 0 && abs(told / found - 1) < 0.3, "\(told) told, \(found) found")
  }

  /// HC3 as [MacKinnon and White 1985] write it, in plain arrays, for one variable.
  @Test func `the error of a fit of one variable is HC3's`() throws {
    let rows: [Float] = [1, 0, 1, 1, 0, 0, 1, 0]
    let weights = [1, 0.5, 2, 1, 0.25, 1, 1.5, 0.75]
    let targets: [Float] = [0.3, -1, 0.8, 0.1, -0.7, -1.4, 0.9, -0.2]
    let z = try Tensor(rows, shape: [8, 1])
    let s = try Tensor(targets, shape: [1, 8])
    var fit = RidgeFit(variables: 1)
    try fit.add(z, weights: weights, targets: s)
    var errors = RidgeErrors(of: try fit.solution(penalty: 0.5), groupSize: 1)
    try errors.add(z, weights: weights, targets: s)
    let total = weights.reduce(0, +)
    let zMean = zip(rows, weights).map { Double($0) * $1 }.reduce(0, +) / total
    let sMean = zip(targets, weights).map { Double($0) * $1 }.reduce(0, +) / total
    let (dz, ds) = (rows.map { Double($0) - zMean }, targets.map { Double($0) - sMean })
    let a = rows.indices.map { weights[$0] * dz[$0] * dz[$0] }.reduce(0, +) + 0.5
    let beta = rows.indices.map { weights[$0] * dz[$0] * ds[$0] }.reduce(0, +) / a
    let expected = rows.indices.map { i in
      let leverage = weights[i] * (1 / total + dz[i] * dz[i] / a)
      let move = weights[i] * (ds[i] - beta * dz[i]) / (1 - leverage) * dz[i] / a
      return move * move
    }.reduce(0, +)
    #expect(abs(try errors.found().elements(as: Double.self)[0] - expected) < 1e-12)
  }
}
