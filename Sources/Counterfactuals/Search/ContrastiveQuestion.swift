public import Imagery
public import Terms

/// A picture and what is asked about it.
public struct ContrastiveQuestion: Sendable {
  /// The picture, of any size.
  public let picture: Picture
  /// P; the network's answer where `nil`.
  public let fact: ClassSet?
  /// Q, one question each.
  public let foils: Foils
  /// The stream of the seed that its starting points draw from: its place among all pictures that are
  /// asked about, so that an answer does not depend on which share a search.
  public let stream: Int

  /// Which foils are asked about.
  public enum Foils: Hashable, Sendable {
    /// The likeliest class outside of P.
    case closest
    /// Every class outside of P, likeliest first.
    case all
    /// These; those that the network's answer, as the fact, is in are left out.
    case sets([ClassSet])
  }

  /// Joins a picture and its questions.
  public init(
    _ picture: Picture, why fact: ClassSet? = nil, ratherThan foils: Foils, stream: Int = 0
  ) {
    self.stream = stream
    self.picture = picture
    self.fact = fact
    self.foils = foils
  }
}
