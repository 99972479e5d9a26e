internal import Contrast
internal import Counterfactuals
internal import Networks
internal import Report
internal import Saliency
internal import Sessions

/// A command, word by word; what is as it is by default is left out.
struct CommandWords {
  private var words: [String]

  init(_ command: String, about pictures: [String], of network: NetworkChoice) {
    words = ["rather", command] + pictures + ["--model", network.model]
    add("--card", network.card)
    add("--output-name", network.outputName)
    add("--threshold", network.threshold.map { "\($0)" })
  }

  /// The line that a shell takes.
  var text: String { CommandText.joined(words) }

  mutating func add(_ option: String, _ value: String?) {
    if let value { words += [option, value] }
  }

  mutating func add<Value: Equatable>(_ option: String, _ value: Value, unless standard: Value) {
    if value != standard { words += [option, "\(value)"] }
  }

  mutating func add(flag: String, _ isOn: Bool) {
    if isOn { words.append(flag) }
  }

  mutating func add(_ question: QuestionChoice) {
    add("--why", question.why)
    add("--rather-than", question.ratherThan)
    add("--contrast", question.contrast?.rawValue)
    add("--score", question.score?.rawValue)
    add("--finer-strength", question.finerStrength, unless: QuestionChoice().finerStrength)
  }
}

extension Explain {
  func commandText(about name: String? = nil) -> String {
    var words = CommandWords("explain", about: name.map { [$0] } ?? pictures, of: network)
    words.add("--region", region?.description)
    words.add(question)
    words.add("--tree", whole.tree)
    words.add("--level", whole.level.map { "\($0)" })
    words.add("--clusters", whole.clusters)
    words.add("--scheme", whole.scheme?.rawValue)
    words.add("--top", whole.limit, unless: SchemeChoice().limit)
    words.add("--mass", whole.mass, unless: SchemeChoice().mass)
    words.add("--without", whole.without)
    words.add("--support", whole.support?.description)
    for (role, stage) in [("cluster", whole.clusterStage), ("class", whole.classStage)] {
      words.add("--\(role)-explainer", stage.explainer)
      words.add("--\(role)-settings", stage.settings)
      words.add("--\(role)-layer", stage.layer)
    }
    words.add("--explainer", method.explainer, unless: MethodChoice().explainer)
    words.add("--settings", method.settings, unless: "")
    words.add("--layer", method.layer)
    words.add("--reduce", method.reduction.rawValue, unless: MethodChoice().reduction.rawValue)
    words.add(flag: "--check", check != nil)
    words.add("--seed", seed, unless: 0)
    return words.text
  }
}

extension Compare {
  func commandText(about name: String? = nil) -> String {
    var words = CommandWords("compare", about: name.map { [$0] } ?? pictures, of: network)
    words.add("--region", region?.description)
    words.add(question)
    words.add(
      "--explainers", methods.explainers.joined(separator: ","),
      unless: MethodsChoice().explainers.joined(separator: ","))
    for settings in methods.settings { words.add("--settings", settings) }
    words.add("--layer", methods.layer)
    words.add("--reduce", methods.reduction.rawValue, unless: MethodsChoice().reduction.rawValue)
    words.add(flag: "--check", check != nil)
    words.add("--seed", seed, unless: 0)
    return words.text
  }
}

extension Counterfactual {
  func commandText(about name: String? = nil) -> String {
    var words = CommandWords("counterfactual", about: [name ?? picture], of: network)
    let standard = SearchChoice()
    words.add("--generator", generator)
    words.add("--why", why)
    words.add("--rather-than", ratherThan)
    words.add("--method", search.method.rawValue, unless: standard.method.rawValue)
    words.add("--range", search.range.rawValue, unless: standard.range.rawValue)
    words.add("--starts", search.starts, unless: standard.starts)
    words.add("--minimiser", search.minimiser.rawValue, unless: standard.minimiser.rawValue)
    words.add("--iterations", search.iterations.map { "\($0)" })
    words.add("--rate", search.rate, unless: standard.rate)
    words.add("--inner-steps", search.innerSteps, unless: standard.innerSteps)
    words.add("--slack", search.slack, unless: standard.slack)
    words.add("--code-steps", search.codeSteps, unless: standard.codeSteps)
    words.add("--seed", seed, unless: 0)
    return words.text
  }
}
