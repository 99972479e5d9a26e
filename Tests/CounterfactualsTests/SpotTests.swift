import Counterfactuals
import Foundation
import Tensors
import Terms
import TestSupport
import Testing

@Suite("Spot: known answers, a re-derivation, invariance")
struct SpotTests {
  /// Noise of 0 ..< 0.1 with squares of ones.
  static func map(width: Int, height: Int, squares: [(top: Int, left: Int, side: Int)]) -> [Float] {
    var stream = RandomStream(3)
    var map = (0..<width * height).map { _ in stream.uniform() * 0.1 }
    for square in squares {
      for y in square.top..<square.top + square.side {
        for x in square.left..<square.left + square.side { map[y * width + x] = 1 }
      }
    }
    return map
  }

  @Test(arguments: [(0, 0, 6), (3, 5, 6), (19, 23, 9), (11, 2, 2)])
  func `a square planted in noise is found exactly`(top: Int, left: Int, side: Int) throws {
    let map = Self.map(width: 32, height: 28, squares: [(top, left, side)])
    let spot = try #require(try Spot(in: map, width: 32, height: 28))
    #expect(spot.place == [top, left, side])
    #expect(spot.areaFraction == Double(side * side) / Double(32 * 28))
  }

  @Test func `a square with three quarters of the mass on a quarter of the area scores ½ ln 3`()
    throws
  {
    var map = [Float](repeating: 1.0 / 12, count: 16)
    for place in [0, 1, 4, 5] { map[place] = 0.75 }
    let spot = try #require(try Spot(in: map, width: 4, height: 4))
    #expect(spot.place == [0, 0, 2])
    #expect(abs(spot.massFraction - 0.75) < 1e-7)  // 1/12 has no end in binary
    #expect(abs(spot.logLikelihoodRatio - 0.5 * log(3)) < 1e-6)
  }

  @Test func `a square that holds all scores the logarithm of one over its area`() {
    let all = Spot(top: 0, left: 0, side: 2, massFraction: 1, areaFraction: 0.125)
    #expect(all.logLikelihoodRatio == log(8))
    let less = Spot(top: 0, left: 0, side: 2, massFraction: 0.1, areaFraction: 0.125)
    #expect(less.logLikelihoodRatio == 0)
  }

  @Test(arguments: [0, 1, 0.3] as [Float])
  func `an even map has no spot`(value: Float) throws {
    #expect(try Spot(in: Array(repeating: value, count: 28 * 28), width: 28, height: 28) == nil)
  }

  @Test func `a map without a square of two pixels in half its side has no spot`() throws {
    #expect(try Spot(in: [1, 0, 0, 0, 0, 0, 0, 0, 0], width: 3, height: 3) == nil)
  }

  @Test func `of two equal spots it is the upper, then the left one`() throws {
    var map = [Float](repeating: 0, count: 100)
    for (top, left) in [(6, 1), (2, 6), (2, 1)] {
      for (y, x) in [(0, 0), (0, 1), (1, 0), (1, 1)] { map[(top + y) * 10 + left + x] = 0.1 }
    }
    let spot = try #require(try Spot(in: map, width: 10, height: 10))
    #expect(spot.place == [2, 1, 2])
  }

  @Test func `signs do not matter`() throws {
    let map = Self.map(width: 12, height: 12, squares: [(1, 2, 3)])
    let signed = map.enumerated().map { $0.offset % 2 == 0 ? $0.element : -$0.element }
    #expect(try Spot(in: map, width: 12, height: 12) == Spot(in: signed, width: 12, height: 12))
  }

  @Test func `numbers that do not fill the map are refused`() {
    for (width, height) in [(3, 3), (-2, -2), (0, 0), (.max, 2)] {
      #expect(throws: TensorError.self) {
        try MassTable(of: [1, 2, 3, 4], width: width, height: height)
      }
    }
  }

  @Test(arguments: 0..<5)
  func `no square that is tried one by one has a larger ratio`(seed: Int) throws {
    var stream = RandomStream(Seed(UInt64(seed)))
    let (width, height) = (9, 7)
    let map = (0..<width * height).map { _ in stream.normal() * stream.uniform() }
    let total = map.reduce(0.0) { $0 + Double(abs($1)) }
    var largest = 0.0
    for side in 2...3 {
      for top in 0...height - side {
        for left in 0...width - side {
          var mass = 0.0
          for y in top..<top + side {
            for x in left..<left + side { mass += Double(abs(map[y * width + x])) }
          }
          let (s, a) = (mass / total, Double(side * side) / Double(width * height))
          if s > a { largest = max(largest, s * log(s / a) + (1 - s) * log((1 - s) / (1 - a))) }
        }
      }
    }
    let spot = try #require(try Spot(in: map, width: width, height: height))
    #expect(abs(spot.logLikelihoodRatio - largest) < 2e-9)  // what counts as alike
  }
}

extension Spot {
  /// Row, column and side.
  var place: [Int] { [top, left, side] }
}
