/// What a network answers for a picture, as far as a question goes.
///
/// `l_C = log Σ_{c∈C} p_c`, the log-likelihood of a class or a set of classes.
public struct Likelihoods: Hashable, Sendable {
  /// `l_P`.
  public let fact: Float
  /// `l_Q`.
  public let foil: Float
  /// The likeliest class that is neither in P nor in Q, and its `l`; `nil` where there is none.
  public let other: Other?

  /// A class that was not asked about.
  public struct Other: Hashable, Sendable {
    /// Its place among the network's outputs.
    public let index: Int
    /// Its log-likelihood.
    public let logLikelihood: Float

    /// Joins a class and its log-likelihood.
    public init(index: Int, logLikelihood: Float) {
      self.index = index
      self.logLikelihood = logLikelihood
    }
  }

  /// Joins the log-likelihoods.
  public init(fact: Float, foil: Float, other: Other?) {
    self.fact = fact
    self.foil = foil
    self.other = other
  }

  /// `h = l_P − l_Q`.
  public var difference: Float { fact - foil }

  /// By how much the likeliest other class exceeds the lesser of P and Q; negative where it does not.
  public var excess: Float {
    (other?.logLikelihood ?? -.infinity) - min(fact, foil)
  }
}
