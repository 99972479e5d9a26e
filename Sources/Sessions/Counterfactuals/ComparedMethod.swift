public import Counterfactuals

/// A method set beside contrastive examples, by its name.
public enum ComparedMethod: RawRepresentable, Codable, Hashable, Sendable {
  /// A map of an explainer.
  case baseline(ContrastiveBaseline)
  /// The nearest picture that is as much Q as P, whatever other classes are likelier.
  case xgems

  /// Finds a method by its name; `nil` where there is none of that name.
  public init?(rawValue name: String) {
    if name == ContrastiveMethod.xgems.rawValue {
      self = .xgems
    } else if let baseline = ContrastiveBaseline(rawValue: name) {
      self = .baseline(baseline)
    } else {
      return nil
    }
  }

  /// Its name in commands.
  public var rawValue: String {
    switch self {
    case .baseline(let baseline): baseline.rawValue
    case .xgems: ContrastiveMethod.xgems.rawValue
    }
  }

  /// All names, for people.
  package static var names: String {
    (ContrastiveBaseline.allCases.map(\.rawValue) + [ContrastiveMethod.xgems.rawValue])
      .joined(separator: ", ")
  }

  var name: String {
    switch self {
    case .baseline(let baseline): baseline.name
    case .xgems: ContrastiveMethod.xgems.rawValue
    }
  }

  var title: String {
    switch self {
    case .baseline(let baseline): baseline.title
    case .xgems: ContrastiveMethod.xgems.title
    }
  }

  var note: String {
    switch self {
    case .baseline(let baseline): baseline.note
    case .xgems: "the nearest picture that is as much Q as P, whatever other classes are likelier"
    }
  }
}
