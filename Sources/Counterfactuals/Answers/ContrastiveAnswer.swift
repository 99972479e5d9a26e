public import Tensors
public import Terms

/// What came of asking one picture one question: why P, rather than Q?
///
/// Pictures are tensors `[C, H, W]` in 0…1 where nothing is clipped, in the network's channel order
/// and at its input's size.
public struct ContrastiveAnswer: Sendable {
  /// P; one class or several.
  public let fact: ClassSet
  /// Q.
  public let foil: ClassSet
  /// What was asked of the example.
  public let method: ContrastiveMethod
  /// x.
  public let input: Tensor
  /// What the network answers for x.
  public let likelihoods: Likelihoods
  /// Every starting point's search, in the order of the starting points.
  public let attempts: [ContrastiveAttempt]
  /// The nearest contrastive example; `nil` where every search failed.
  public let example: ContrastiveExample?

  /// Joins what was found.
  public init(
    fact: ClassSet, foil: ClassSet, method: ContrastiveMethod, input: Tensor,
    likelihoods: Likelihoods, attempts: [ContrastiveAttempt], example: ContrastiveExample?
  ) {
    self.fact = fact
    self.foil = foil
    self.method = method
    self.input = input
    self.likelihoods = likelihoods
    self.attempts = attempts
    self.example = example
  }
}

/// The nearest input on the generator's manifold that is as much Q as P.
public struct ContrastiveExample: Sendable {
  /// Its search, as the place among the answer's attempts.
  public let attempt: Int
  /// `G(z₀)`, what the generator makes of the input.
  public let reconstruction: Tensor
  /// `I(z_e) = G(z_e) + Δ`.
  public let picture: Tensor
  /// `I(z_e) − x`: the explanation, signed. What to add is positive, what to take away negative.
  public let difference: Tensor
  /// What the network answers for the example as it is saved, clipped to 0…1 in 255 levels.
  public let saved: Likelihoods
  /// Pictures along the straight line from z₀ to z_e, both ends included.
  public let path: [Frame]

  /// A picture on the way.
  public struct Frame: Sendable {
    /// How far along, 0…1.
    public let fraction: Float
    /// `I(z₀ + fraction · (z_e − z₀))`.
    public let picture: Tensor
    /// What the network answers for it.
    public let likelihoods: Likelihoods

    /// Joins a picture and its answer.
    public init(fraction: Float, picture: Tensor, likelihoods: Likelihoods) {
      self.fraction = fraction
      self.picture = picture
      self.likelihoods = likelihoods
    }
  }

  /// Joins what is known of an example.
  public init(
    attempt: Int, reconstruction: Tensor, picture: Tensor, difference: Tensor,
    saved: Likelihoods, path: [Frame]
  ) {
    self.attempt = attempt
    self.reconstruction = reconstruction
    self.picture = picture
    self.difference = difference
    self.saved = saved
    self.path = path
  }
}
