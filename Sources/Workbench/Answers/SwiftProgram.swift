internal import Contrast
internal import Networks
internal import Saliency
internal import Sessions

/// A program on `import Rather` that asks what a request asks.
struct SwiftProgram {
  /// A property of the request that is not as it is by default, and what it is.
  struct Setting: Hashable {
    enum Value: Hashable {
      case text(String)
      case number(String)
      /// A case of an enumeration, and what JSON calls it.
      case member(String, json: String)
      /// A value of a type, as it is by default.
      case made(String)
    }

    let property: String
    let value: Value
  }

  let type: String
  let picture: String
  let model: String
  let settings: [Setting]

  /// The lines of its main file.
  var text: String {
    let lines = settings.map { "request.\($0.property) = \($0.value.literal)" }
    return """
      import Rather

      var request = \(type)(\(Self.literal(picture)), of: NetworkChoice(\(Self.literal(model))))
      \(lines.map { $0 + "\n" }.joined())if case .one(let report) = try Session().run(request).wait() { print(report.folder) }

      """
  }

  /// A text as Swift writes it.
  static func literal(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default:
        scalar.value < 32 || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format
          ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      }
    }
    return "\"" + scalars.joined() + "\""
  }
}

extension SwiftProgram.Setting.Value {
  var literal: String {
    switch self {
    case .text(let text): SwiftProgram.literal(text)
    case .number(let number): number
    case .member(let name, _): "." + name
    case .made(let type): type + "()"
    }
  }

  /// A case of an enumeration.
  static func member<Member: RawRepresentable<String>>(_ member: Member) -> Self {
    .member("\(member)", json: member.rawValue)
  }
}

extension Explain {
  /// The program in Swift that asks the same.
  ///
  /// - Parameter name: What the picture is called, where it lies only with the server.
  func swiftProgram(about name: String? = nil) -> SwiftProgram {
    var settings: [SwiftProgram.Setting] = []
    func add(_ property: String, _ value: SwiftProgram.Setting.Value?) {
      if let value { settings.append(.init(property: property, value: value)) }
    }
    func addText(_ property: String, _ text: String?) { add(property, text.map { .text($0) }) }
    addText("network.card", network.card)
    addText("network.outputName", network.outputName)
    add("network.threshold", network.threshold.map { .number("\($0)") })
    add("region", region.map { .member($0.swiftName, json: $0.description) })
    addText("question.why", question.why)
    addText("question.ratherThan", question.ratherThan)
    add("question.contrast", question.contrast.map { .member($0) })
    add("question.score", question.score.map { .member($0) })
    if question.finerStrength != QuestionChoice().finerStrength {
      add("question.finerStrength", .number("\(question.finerStrength)"))
    }
    addText("whole.tree", whole.tree)
    add("whole.level", whole.level.map { .number("\($0)") })
    addText("whole.clusters", whole.clusters)
    add("whole.scheme", whole.scheme.map { .member($0) })
    let defaults = SchemeChoice()
    if whole.limit != defaults.limit { add("whole.limit", .number("\(whole.limit)")) }
    if whole.mass != defaults.mass { add("whole.mass", .number("\(whole.mass)")) }
    addText("whole.without", whole.without)
    add("whole.support", whole.support.map { .member($0.code, json: $0.description) })
    for (role, stage) in [("cluster", whole.clusterStage), ("class", whole.classStage)] {
      addText("whole.\(role)Stage.explainer", stage.explainer)
      addText("whole.\(role)Stage.settings", stage.settings)
      addText("whole.\(role)Stage.layer", stage.layer)
    }
    let (plain, own) = (MethodChoice(), method)
    if own.explainer != plain.explainer { addText("method.explainer", own.explainer) }
    if !own.settings.isEmpty { addText("method.settings", own.settings) }
    addText("method.layer", own.layer)
    if own.reduction != plain.reduction { add("method.reduction", .member(own.reduction)) }
    if check != nil { add("check", .made("CheckChoice")) }
    if seed != 0 { add("seed", .number("\(seed)")) }
    return SwiftProgram(
      type: "Explain", picture: name ?? pictures.first ?? "", model: network.model,
      settings: settings)
  }
}

extension Support {
  /// The case as one writes it in Swift.
  fileprivate var code: String {
    switch self {
    case .percentile(let percent): "percentile(\(percent))"
    case .rangeFraction(let fraction): "rangeFraction(\(fraction))"
    }
  }
}

extension SeenRegion {
  /// The case with its numbers, as Swift writes it.
  fileprivate var swiftName: String {
    switch self {
    case .whole: "whole"
    case .rectangle(let x, let y, let width, let height):
      "rectangle(x: \(x), y: \(y), width: \(width), height: \(height))"
    }
  }
}
