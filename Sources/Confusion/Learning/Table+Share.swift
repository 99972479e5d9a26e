extension LatentTree.Distribution.Table {
  /// `(ones + s) / (all + 2 s)`, kept off 0 and 1 so that no document becomes impossible; where
  /// nothing was seen, what it was before.
  static func share(
    _ ones: SIMD2, of all: SIMD2, pseudoCount: Double, before: SIMD2
  ) -> SIMD2 {
    let count = all + 2 * pseudoCount
    return ((ones + pseudoCount) / count).replacing(with: before, where: count .<= 0).proper
  }

  /// The nearest probabilities that are neither 0 nor 1.
  var proper: SIMD2<Double> {
    clamped(lowerBound: .init(repeating: 1e-9), upperBound: .init(repeating: 1 - 1e-9))
  }
}
