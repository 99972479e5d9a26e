public import Contrast

/// An explainer of a run: one name, one way to explain.
public struct EvaluatedExplainer: Hashable, Sendable, Codable {
  /// The name on the menu, such as `grad-cam`.
  public let name: String
  /// What people call it, such as “Grad-CAM”.
  public let title: String
  /// The layer that clusters were explained at, or `input`.
  public let clusterPlace: String
  /// The layer that classes were explained at, or `input`.
  public let classPlace: String
  /// All other settings.
  public let settings: [String: String]

  /// Describes an explainer.
  public init(
    name: String, title: String, clusterPlace: String, classPlace: String,
    settings: [String: String]
  ) {
    self.name = name
    self.title = title
    self.clusterPlace = clusterPlace
    self.classPlace = classPlace
    self.settings = settings
  }

  /// What another explainer of the same name has otherwise, in words; empty where it is the same.
  public func differences(from other: EvaluatedExplainer) -> [String] {
    let keys = Set(settings.keys).union(other.settings.keys).sorted()
    func text(_ value: String?) -> String { value ?? "nothing" }
    return [
      clusterPlace == other.clusterPlace
        ? nil : "clusters at \(clusterPlace), not \(other.clusterPlace)",
      classPlace == other.classPlace ? nil : "classes at \(classPlace), not \(other.classPlace)",
    ].compactMap(\.self)
      + keys.filter { settings[$0] != other.settings[$0] }.map {
        "\($0)=\(text(settings[$0])), not \(text(other.settings[$0]))"
      }
  }
}

/// A method of a run: an explainer by a scheme.
public struct EvaluatedMethod: Hashable, Sendable {
  /// The explainer as the records name it, with its settings.
  public let explainer: EvaluatedExplainer
  /// The scheme that turns a whole output into questions.
  public let scheme: Scheme
  /// Where classes are explained, in schemes of two stages; `nil` in others.
  public let support: Support?

  /// Joins an explainer and a scheme.
  public init(explainer: EvaluatedExplainer, scheme: Scheme, support: Support?) {
    self.explainer = explainer
    self.scheme = scheme
    self.support = scheme.hasTwoStages ? support : nil
  }

  /// What people call it: “Grad-CAM, CWOX-2s”.
  public var title: String { "\(explainer.title), \(scheme.title)" }
}
