import Confusion
import Contrast
import Saliency
import Tensors
import TestSupport
import Testing

/// Known answers by hand.
@Suite struct MapOverlapTests {
  func map(_ values: [Float], neutral: Float = 0) throws -> SaliencyMap {
    let tensor = try Tensor(values, shape: [1, values.count])
    return SaliencyMap(values: tensor, atLayer: tensor, rectification: .none, neutral: neutral)
  }

  @Test func `overlap is what two maps share of what either has`() throws {
    // Brought to 1: (1, ½, 0) and (0, 1, 1): shared ½, either 3.
    let (a, b) = try (map([4, 2, -1]), map([0, 3, 3]))
    #expect(try abs(MapOverlap.overlap(of: a, and: b) - 0.5 / 3) < 1e-6)
    #expect(try MapOverlap.overlap(of: a, and: a) == 1)
    #expect(try MapOverlap.overlap(of: a, and: map([0, 0, 0])) == 0)
    #expect(try MapOverlap.overlap(of: a, and: map([5, 3, 0], neutral: 1)) == 1)
  }

  @Test func `classes chained by overlaps are one cluster`() throws {
    let maps = try [map([1, 1, 0, 0]), map([0, 0, 0, 1]), map([0, 1, 1, 0]), map([0, 0, 1, 0])]
    #expect(
      try MapOverlap(threshold: 0.3).grouping([7, 5, 3, 1], maps).groups == [[7, 3, 1], [5]])
    #expect(
      try MapOverlap(threshold: 0.5).grouping([7, 5, 3, 1], maps).groups == [[7], [5], [3, 1]])
  }
}
