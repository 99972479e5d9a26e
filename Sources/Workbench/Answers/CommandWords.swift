internal import Contrast
internal import Report
internal import Saliency
internal import Sessions

extension Explain {
  /// The command that asks the same, as one could type it.
  ///
  /// - Parameter name: What the picture is called, where it lies only with the server.
  func commandText(about name: String? = nil) -> String {
    var words =
      ["rather", "explain"] + (name.map { [$0] } ?? pictures) + ["--model", network.model]
    func add(_ option: String, _ value: String?) {
      if let value { words += [option, value] }
    }
    add("--card", network.card)
    add("--output-name", network.outputName)
    add("--why", question.why)
    add("--rather-than", question.ratherThan)
    add("--contrast", question.contrast?.rawValue)
    add("--score", question.score?.rawValue)
    if question.finerStrength != QuestionChoice().finerStrength {
      add("--finer-strength", "\(question.finerStrength)")
    }
    add("--tree", whole.tree)
    add("--level", whole.level.map { "\($0)" })
    add("--clusters", whole.clusters)
    add("--scheme", whole.scheme?.rawValue)
    let defaults = SchemeChoice()
    if whole.limit != defaults.limit { add("--top", "\(whole.limit)") }
    if whole.mass != defaults.mass { add("--mass", "\(whole.mass)") }
    if method.explainer != MethodChoice().explainer { add("--explainer", method.explainer) }
    if !method.settings.isEmpty { add("--settings", method.settings) }
    add("--layer", method.layer)
    if method.reduction != MethodChoice().reduction { add("--reduce", method.reduction.rawValue) }
    if check != nil { words.append("--check") }
    if seed != 0 { add("--seed", "\(seed)") }
    return CommandText.joined(words)
  }
}
