/// One search from one starting point, and how it ended.
public struct ContrastiveAttempt: Sendable {
  /// z₀.
  public let startCode: [Float]
  /// z_e, or where the search stopped.
  public let code: [Float]
  /// `‖z_e − z₀‖₂`.
  public let distance: Float
  /// `‖I(z_e) − x‖₂`, for pictures of 0…1.
  public let pictureDistance: Float
  /// The root mean square of `Δ = x − G(z₀)` over the picture's numbers, for pictures of 0…1: how far
  /// the input lies off the generator's manifold.
  public let residual: Float
  /// What the network answers for `I(z_e)`.
  public let likelihoods: Likelihoods
  /// Evaluations of network and generator with their gradients.
  public let iterations: Int
  /// How often the multipliers were updated.
  public let multiplierUpdates: Int
  /// How it ended.
  public let verdict: Verdict

  /// How a search ended.
  public enum Verdict: Hashable, Sendable {
    /// At a point that satisfies the constraints and from which no step led noticeably nearer to z₀.
    case converged
    /// P and Q are not equally likely; `l_P − l_Q`.
    case unequal(Float)
    /// A class that was not asked about is likelier than P or Q, by so much.
    case otherAbove(Int, by: Float)
    /// The constraints hold as far as an answer needs, but the search was given up before it settled.
    case unsettled
  }

  /// Joins what is known of a search.
  public init(
    startCode: [Float], code: [Float], distance: Float, pictureDistance: Float, residual: Float,
    likelihoods: Likelihoods, iterations: Int, multiplierUpdates: Int, verdict: Verdict
  ) {
    self.startCode = startCode
    self.code = code
    self.distance = distance
    self.pictureDistance = pictureDistance
    self.residual = residual
    self.likelihoods = likelihoods
    self.iterations = iterations
    self.multiplierUpdates = multiplierUpdates
    self.verdict = verdict
  }
}
