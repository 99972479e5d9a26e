import ArgumentParser
import Counterfactuals
import Networks
import Report
import Saliency
import Tensors
import Terms

/// Other methods that answer the same questions.
struct BesideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Other methods to show beside it, separated by commas: \(Beside.names).", valueName: "name,…")
  )
  var beside: String?

  func validate() throws { _ = try chosen() }

  /// The methods, each once.
  func chosen() throws -> [Beside] {
    var found: [Beside] = []
    for word in (beside ?? "").split(separator: ",").map(String.init) {
      guard let method = Beside(word) else {
        throw ValidationError("--beside takes \(Beside.names), not “\(word)”")
      }
      if !found.contains(method) { found.append(method) }
    }
    if beside != nil, found.isEmpty {
      throw ValidationError("--beside names none; it takes \(Beside.names)")
    }
    return found
  }
}

/// A method set beside contrastive examples.
enum Beside: Hashable {
  case baseline(ContrastiveBaseline)
  case xgems

  init?(_ name: String) {
    if name == ContrastiveMethod.xgems.rawValue {
      self = .xgems
    } else if let baseline = ContrastiveBaseline(rawValue: name) {
      self = .baseline(baseline)
    } else {
      return nil
    }
  }

  /// All names, for people.
  static var names: String {
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
