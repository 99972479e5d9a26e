/// The places where a map is strongest.
///
///     A = { i : aᵢ > 0, aᵢ ≥ the ⌈share · n⌉-th largest of the values }
///     o(A, B) = |A ∩ B| / |A ∪ B|
///
/// Places of equal values are all in or all out, so that a map of segments may have more of them than its share. Two maps
/// that have nothing to do with each other overlap by about share / (2 − share).
///
/// - Range: 0…1; 1 where both are strongest at the same places.
struct StrongestPlaces: Sendable {
  private let isIn: [Bool]
  private let count: Int

  /// - Parameters:
  ///   - values: Row by row, 0 where a place does not matter.
  ///   - share: More than 0, at most 1.
  init(_ values: [Float], share: Double = MapSimilarity.overlapShare) {
    let most = max(1, Int((share * Double(values.count)).rounded(.up)))
    let sorted = values.sorted(by: >)
    let least = most <= sorted.count ? sorted[most - 1] : sorted.last ?? 0
    isIn = values.map { $0 > 0 && $0 >= least }
    count = isIn.count { $0 }
  }

  /// o; `nil` where a map is above zero nowhere, so that it is strong nowhere.
  func overlap(with other: StrongestPlaces) -> Double? {
    guard count > 0, other.count > 0, isIn.count == other.isIn.count else { return nil }
    var common = 0
    for i in isIn.indices where isIn[i] && other.isIn[i] { common += 1 }
    return Double(common) / Double(count + other.count - common)
  }
}
