public import Networks

/// How answers were found.
public struct Method: Hashable, Sendable {
  /// Where a method explains.
  public enum Place: Hashable, Sendable {
    /// At the input.
    case input
    /// At a layer, and how it was chosen.
    case layer(String, LayerChoice)
  }

  /// The base method's name in commands, such as `grad-cam`.
  public let explainer: String
  /// What people call it, such as “Grad-CAM”.
  public let title: String
  /// Where it explained.
  public let place: Place
  /// All other settings.
  public let settings: [String: String]

  /// Describes a method.
  public init(
    explainer: String, title: String, place: Place, settings: [String: String] = [:]
  ) {
    self.explainer = explainer
    self.title = title
    self.place = place
    self.settings = settings
  }

  /// The layer's name, or `input`.
  var layerName: String {
    if case .layer(let name, _) = place { name } else { "input" }
  }
}
