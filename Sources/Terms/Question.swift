/// What is asked of a network: why the fact, rather than the foil?
public enum Question: Hashable, Sendable, Codable {
  /// Why P? The fact alone.
  case why(ClassSet)
  /// Why P, rather than Q?
  case whyRatherThan(ClassSet, ClassSet)
  /// Why the predicted value, rather than this one, or with none: why it? Asked of a regression.
  case whyValue(ratherThan: Float?)

  /// P; `nil` for a regression.
  public var fact: ClassSet? {
    switch self {
    case .why(let fact), .whyRatherThan(let fact, _): fact
    case .whyValue: nil
    }
  }

  /// Q; `nil` where no class is the foil.
  public var foil: ClassSet? {
    if case .whyRatherThan(_, let foil) = self { foil } else { nil }
  }
}
