import ArgumentParser
import Contrast
import Sessions

/// Names joined by commas.
struct NameList<Name: RawRepresentable & CaseIterable & Sendable>: ExpressibleByArgument
where Name.RawValue == String {
  let list: [Name]

  init(_ list: [Name]) { self.list = list }

  init?(argument: String) {
    let found = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { Name(rawValue: String($0)) }
    list = found.compactMap(\.self)
    if list.count < found.count || list.isEmpty { return nil }
  }

  var defaultValueDescription: String { list.map(\.rawValue).joined(separator: ",") }
}

/// Which methods are measured: every explainer by every scheme.
struct EvaluatedMethodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The explainers, or all; `rather explainers` lists them.", valueName: "names"))
  var explainers = Evaluate().explainers.joined(separator: ",")

  @Option(
    help: ArgumentHelp(
      "Settings of one of them, such as rise:masks=400,probability=0.3; may be repeated.",
      valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp("The schemes; tables compare the others with the first.", valueName: "names")
  )
  var schemes = NameList(Evaluate().schemes)

  /// The contrasts that schemes leave open.
  enum Setting: String, CaseIterable, ExpressibleByArgument {
    case outside
    case outsideRaw = "outside-raw"
    case pairwise
    case pairwiseRaw = "pairwise-raw"
  }

  @Option(name: .customLong("contrast"), help: "How schemes set fact against foil.")
  private var setting = Setting.outside

  @Option(
    help: ArgumentHelp(
      "Where cwox-2s explains classes, such as percentile:50 or range:0.2. (default: "
        + "CWOX's percentiles)", valueName: "rule"))
  var support: Support?

  /// Makes the choices that the words make.
  func choose(in request: inout Evaluate) {
    request.explainers = explainers.split(separator: ",").map(String.init)
    (request.settings, request.schemes, request.support) = (settings, schemes.list, support)
    request.contrast = Contrast(rawValue: setting.rawValue) ?? .outside
  }
}
