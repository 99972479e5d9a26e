public import Statistics

/// A mean over pictures, and how it compares.
public struct EvaluationCell: Hashable, Sendable {
  /// A mean with its 95 % interval.
  public struct Mean: Hashable, Sendable {
    /// The mean over pictures of the mean over a picture's pairs.
    public let value: Double
    /// Its interval by bootstrap over pictures; `nil` for fewer than six pictures, no resampling of which gives
    /// an interval that holds the true mean in 95 of 100 cases.
    public let interval: Interval?
  }

  /// What sets a method apart from the one that it is compared with.
  public struct Difference: Hashable, Sendable {
    /// The mean difference: this less the other, over the pairs that both have.
    public let mean: Mean
    /// The pictures that both have.
    public let pictureCount: Int
    /// Of Wilcoxon's signed-rank test over pictures, two-sided; 1 where no picture differs.
    public let p: Double
    /// The same, adjusted by Holm for all comparisons of the table.
    public internal(set) var adjustedP: Double
  }

  /// The mean over the pictures that have a number, with its interval.
  public let mean: Mean
  /// The pictures that have it.
  public let pictureCount: Int
  /// Pairs that a map was measured for and that have no such number.
  public let undefinedCount: Int
  /// Against the first row; `nil` in it, and where it has nothing in common with this one.
  public internal(set) var difference: Difference?
  /// Whether no other row of the column is better, and some are worse; never set where rows are means over
  /// one picture only, or over different pictures or pairs.
  public internal(set) var isBest: Bool
}
