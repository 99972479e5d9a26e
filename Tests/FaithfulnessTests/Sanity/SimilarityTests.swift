import Foundation
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness

/// Known answers by hand, closed forms, and parity with SciPy.
@Suite struct SimilarityTests {
  /// Smooth waves with some noise; two of them are somewhat alike.
  static func map(_ height: Int, _ width: Int, seed: UInt64) -> [Float] {
    var stream = RandomStream(Seed(seed))
    return (0..<height * width).map { i in
      let (y, x) = (Double(i / width), Double(i % width))
      return Float(sin(x / 7 + Double(seed)) * cos(y / 5)) + 0.3 * stream.normal()
    }
  }

  @Test func `equal maps have similarity 1, and opposite ones rank correlation −1`() throws {
    let map = Self.map(20, 30, seed: 1)
    let one = ComparedMap(map, height: 20, width: 30)
    let ssim = SSIM(height: 20, width: 30)
    let same = try #require(try one.similarity(to: one, by: ssim))
    // Sums of 600 squares in 64 bits.
    for found in [same.rankCorrelation, same.magnitudeCorrelation ?? 0, same.ssim] {
      #expect(abs(found - 1) < 1e-12)
    }
    let louder = ComparedMap(map.map { $0 * 1000 }, height: 20, width: 30)
    let scaled = try #require(try one.similarity(to: louder, by: ssim))
    // Products by 1000 are rounded to 32 bits.
    #expect(abs(scaled.ssim - 1) < 1e-6 && abs(scaled.rankCorrelation - 1) < 1e-12)
    let negative = ComparedMap(map.map { -$0 }, height: 20, width: 30)
    let turned = try #require(try one.similarity(to: negative, by: ssim))
    #expect(abs(turned.rankCorrelation + 1) < 1e-12)
    #expect(abs((turned.magnitudeCorrelation ?? 0) - 1) < 1e-12)
  }

  @Test func `flat maps have the similarity of their levels`() throws {
    // Without variance: (2ab + C1) / (a² + b² + C1), C1 = (0.01 · 2)².
    let ssim = SSIM(height: 12, width: 15)
    let found = try ssim(
      [Float](repeating: 0.5, count: 180), [Float](repeating: 0.25, count: 180), range: 2)
    let expected = (2 * 0.125 + 0.0004) / (0.25 + 0.0625 + 0.0004)
    // The constants are rounded to 32 bits, and variances of 0 to about 1e-17.
    #expect(abs(found - expected) < 1e-7)
  }

  @Test func `equal values share the mean of their ranks`() throws {
    // Ranks 1, 2.5, 2.5, 4 and 4, 2, 2, 2: Σ deviations = (−1.5)(1.5) + 0 + 0 + (1.5)(−0.5) = −3,
    // lengths √4.5 and √3.
    let found = MapRanks([1, 5, 5, 9]).correlation(with: MapRanks([7, 3, 3, 3]))
    #expect(abs((found ?? 0) + 3 / (4.5 * 3).squareRoot()) < 1e-12)
    #expect(MapRanks([1, 2]).correlation(with: MapRanks([3, 3])) == nil)
  }

  @Test func `maps overlap where both are strongest`() {
    // Of twenty places the strongest two; these share one of three.
    var (one, other) = ([Float](repeating: 0, count: 20), [Float](repeating: 0, count: 20))
    (one[3], one[7], one[9]) = (5, 4, 3)
    (other[7], other[12], other[3]) = (9, 8, 7)
    func overlap(_ a: [Float], _ b: [Float]) -> Double? {
      StrongestPlaces(a).overlap(with: StrongestPlaces(b))
    }
    #expect(overlap(one, other) == 1.0 / 3)
    #expect(overlap(one, one) == 1)
    #expect(overlap(one, one.map { $0 * 100 }) == 1, "the unit says nothing")
    // Equal values are all in: three of the first against its two strongest.
    #expect(overlap(one.map { min($0, 3) }, one) == 2.0 / 3)
    // What is at zero or below is not strong, however few places are above.
    var single = [Float](repeating: -1, count: 20)
    single[3] = 0.5
    #expect(overlap(one, single) == 0.5)
    #expect(overlap(one, single.map { -abs($0) }) == nil && overlap(one, []) == nil)
    var far = [Float](repeating: 0, count: 20)
    (far[0], far[1]) = (1, 1)
    #expect(overlap(one, far) == 0)
  }

  @Test func `a map of one value has no similarity, and no level of chance`() throws {
    let flat = ComparedMap([Float](repeating: 3, count: 400), height: 20, width: 20)
    let ssim = SSIM(height: 20, width: 20)
    let other = ComparedMap(Self.map(20, 20, seed: 2), height: 20, width: 20)
    #expect(try other.similarity(to: flat, by: ssim) == nil)
    #expect(try ChanceLevel(of: flat, by: ssim, seed: 0) == nil)
  }

  @Test func `a move puts every value elsewhere and loses none`() throws {
    let map = Self.map(6, 8, seed: 3)
    let moved = ComparedMap(map, height: 6, width: 8).moved(rows: 2, columns: 5)
    let order = (0..<48).map { ($0 / 8 + 2) % 6 * 8 + ($0 % 8 + 5) % 8 }
    let expected = ComparedMap(order.map { map[$0] }, height: 6, width: 8)
    let ssim = SSIM(height: 6, width: 8)
    let found = try #require(try expected.similarity(to: moved, by: ssim))
    #expect(abs(found.rankCorrelation - 1) < 1e-12 && abs(found.ssim - 1) < 1e-12)
  }

  @Test func `moved noise is unrelated, and what is kept runs from 0 to 1`() throws {
    var stream = RandomStream(7)
    let noise = (0..<900).map { _ in stream.normal() }
    let map = ComparedMap(noise, height: 30, width: 30)
    let ssim = SSIM(height: 30, width: 30)
    let chance = try #require(try ChanceLevel(of: map, by: ssim, seed: 4))
    let level = try #require(chance.magnitudeCorrelation)
    // 1/√900 is the standard error; the middle of 39 lies within a fifth of it, 19 of 20 within two.
    #expect(abs(level.median) < 0.02 && level.upper > 0.02 && level.upper < 0.12)
    let same = try #require(try map.similarity(to: map, by: ssim))
    #expect(abs((chance.kept(of: same) ?? 0) - 1) < 1e-9)
    #expect(chance.isExceeded(by: same))
    let other = ComparedMap((0..<900).map { _ in stream.normal() }, height: 30, width: 30)
    let unrelated = try #require(try map.similarity(to: other, by: ssim))
    #expect(abs(chance.kept(of: unrelated) ?? 1) < 0.15)
    #expect(ChanceLevel.Level(median: 0.97, upper: 0.99).kept(of: 0.98) == nil)
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: [(11, 11), (24, 37)])
  func `structural similarity and rank correlation equal SciPy's`(height: Int, width: Int) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let own = Self.map(height, width, seed: 1)
    // Alike in part, so that no similarity is 0 or 1; in eighths, so that some values are equal.
    let maps = [own, zip(own, Self.map(height, width, seed: 4)).map { 0.7 * $0 + 0.3 * $1 }]
      .map { $0.map { ($0 * 4).rounded() / 8 } }
    for (name, map) in try paired(["a", "b"], maps) {
      let tensor = try Tensor(map, shape: [height, width])
      try NumPyFile.data(of: tensor).write(to: folder.appending(path: "\(name).npy"))
    }
    let printed = try References.run(
      "similarity.py", ["a", "b"].map { folder.appending(path: "\($0).npy").path } + ["2"])
    let expected = printed.split(separator: " ").compactMap { Double($0.filter { !$0.isNewline }) }
    try #require(expected.count == 3)
    let ssim = try SSIM(height: height, width: width)(maps[0], maps[1], range: 2)
    // The constants C1 and C2 are rounded to 32 bits.
    #expect(abs(ssim - expected[0]) < 1e-7, "\(ssim) and \(expected[0])")
    let ranks = maps.map { MapRanks($0) }
    let correlation = try #require(ranks[0].correlation(with: ranks[1]))
    #expect(abs(correlation - expected[1]) < 1e-12, "\(correlation) and \(expected[1])")
    let pair = try #require(try MapSimilarity.ofPairs(maps, height: height, width: width)[0])
    let overlap = try #require(pair.overlap)
    // One division of counts.
    #expect(abs(overlap - expected[2]) < 1e-15, "\(overlap) and \(expected[2])")
    #expect(overlap > 0 && overlap < 1)
  }
}
