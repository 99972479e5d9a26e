/// Where the search for one problem's nearest point ended.
public struct NearestPoint: Hashable, Sendable {
  /// z.
  public let point: [Double]
  /// h and the g_j there.
  public let constraints: [Double]
  /// The multipliers there.
  public let multipliers: Multipliers
  /// Points that the constraints were evaluated at.
  public let iterations: Int
  /// How often the multipliers were updated.
  public let updates: Int
  /// How it ended.
  public let ending: Ending

  /// How a search ended.
  public enum Ending: Hashable, Sendable {
    /// The constraints hold, and no step led noticeably nearer.
    case converged
    /// The constraints hold, but the point was still moving.
    case unsettled
    /// A constraint does not hold.
    case infeasible
  }
}
