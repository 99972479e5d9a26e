public import Imagery
public import Terms

/// A picture and what is asked about it.
public struct AskedPicture: Sendable {
  /// The picture.
  public let picture: Picture
  /// P; the network's answer where `nil`.
  public let fact: ClassSet?
  /// Q, one question each.
  public let foils: Foils

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
  public init(_ picture: Picture, why fact: ClassSet? = nil, ratherThan foils: Foils) {
    self.picture = picture
    self.fact = fact
    self.foils = foils
  }
}
