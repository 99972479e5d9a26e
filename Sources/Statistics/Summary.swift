/// How many numbers there are, their mean and their spread.
public struct Summary: Hashable, Sendable {
  /// How many.
  public let count: Int
  /// Their mean x̄.
  public let mean: Double
  /// Their standard deviation `s = √(Σ (xᵢ − x̄)² / (n − 1))`; `nil` where there is only one number.
  public let standardDeviation: Double?

  /// Takes what is known of numbers.
  public init(count: Int, mean: Double, standardDeviation: Double?) {
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Summarises numbers.
  ///
  /// By two passes, so that a large mean does not swallow a small spread; the deviation of equal
  /// numbers is exactly 0.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for no numbers,
  ///   ``StatisticsError/notFinite(_:at:)``, ``StatisticsError/tooLarge``.
  public init(of numbers: [Double]) throws(StatisticsError) {
    try check(numbers, atLeast: 1)
    // Distances from the first number sum up to exactly 0 where all are equal.
    let (first, n) = (numbers[0], Double(numbers.count))
    let mean = first + numbers.reduce(0) { $0 + ($1 - first) } / n
    let distances = numbers.map { $0 - mean }
    let scale = distances.lazy.map(abs).max() ?? 0
    guard mean.isFinite, scale.isFinite else { throw .tooLarge }
    self.init(
      count: numbers.count, mean: mean,
      standardDeviation: numbers.count > 1 ? Self.standardDeviation(distances, scale) : nil)
  }

  /// √((Σ d² − (Σ d)²/n) / (n − 1)), in units of the largest distance, whose square may overflow.
  private static func standardDeviation(_ distances: [Double], _ scale: Double) -> Double {
    if scale == 0 { return 0 }
    let n = Double(distances.count)
    var (sum, squares) = (0.0, 0.0)
    for distance in distances {
      sum += distance / scale
      squares += (distance / scale) * (distance / scale)
    }
    // What the mean's own rounding adds is taken off.
    return scale * (max(0, squares - sum * sum / n) / (n - 1)).squareRoot()
  }

  /// The standard error of the mean, `s / √n`.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for one number,
  ///   ``StatisticsError/impossibleSummary(_:)``.
  func standardError() throws(StatisticsError) -> Double {
    guard count > 1, let standardDeviation else { throw .tooFew(count, needed: 2) }
    guard mean.isFinite, standardDeviation.isFinite, standardDeviation >= 0 else {
      throw .impossibleSummary(self)
    }
    return standardDeviation / Double(count).squareRoot()
  }
}
