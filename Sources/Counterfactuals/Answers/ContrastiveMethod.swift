/// What a contrastive example has to satisfy.
public enum ContrastiveMethod: String, Hashable, Sendable, Codable, CaseIterable {
  /// As much Q as P, and no other class likelier than either (Feghahati 2020, equation 3.2).
  case cdeepex
  /// As much Q as P, whatever becomes of the other classes (Joshi et al. 2018, as Feghahati compares).
  case xgems

  /// The method's name as people write it.
  public var title: String {
    switch self {
    case .cdeepex: "CDeepEx"
    case .xgems: "xGEMs"
    }
  }
}
