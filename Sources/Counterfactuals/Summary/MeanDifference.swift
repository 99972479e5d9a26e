public import Tensors
public import Terms

/// The mean explanation of many pictures for one pair (P, Q), and where its mass lies.
///
/// What single pictures change differs with their strokes and folds and cancels in the mean; what the
/// network always looks for stays. A shortcut shows as one spot.
public struct MeanDifference: Sendable {
  /// P.
  public let fact: ClassSet
  /// Q.
  public let foil: ClassSet
  /// Pictures with a contrastive example.
  public let count: Int
  /// Pictures whose search failed; they are not in the mean.
  public let failedCount: Int
  /// The mean of `I(z_e) − x`, `[C, H, W]`.
  public let mean: Tensor
  /// The square that holds the most, set against its size; `nil` where the mean is 0 everywhere.
  public let spot: Spot?

  /// Joins what is known of a pair.
  public init(
    fact: ClassSet, foil: ClassSet, count: Int, failedCount: Int, mean: Tensor, spot: Spot?
  ) {
    self.fact = fact
    self.foil = foil
    self.count = count
    self.failedCount = failedCount
    self.mean = mean
    self.spot = spot
  }
}
