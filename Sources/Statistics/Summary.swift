/// How many numbers there are, their mean and their spread.
public struct Summary: Hashable, Sendable {
  /// How many.
  public let count: Int
  /// Their mean x̄.
  public let mean: Double
  /// Their standard deviation `s = √(Σ (xᵢ − x̄)² / (n − 1))`.
  public let deviation: Double

  /// Takes what is known of numbers.
  public init(count: Int, mean: Double, deviation: Double) {
    self.count = count
    self.mean = mean
    self.deviation = deviation
  }
}
