import ArgumentParser
import Contrast
import Evaluation
import Networks
import Report
import Saliency
import Sessions
import Tensors
import Terms

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
  var explainers = "grad-cam,rise,mwp,lime"

  @Option(
    help: ArgumentHelp(
      "Settings of one of them, such as rise:masks=400,probability=0.3; may be repeated.",
      valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp("The schemes; tables compare the others with the first.", valueName: "names")
  )
  var schemes = NameList<Scheme>([.swox, .cwox1sA, .cwox1sB, .cwox2s])

  /// The contrasts that schemes leave open.
  enum Setting: String, CaseIterable, ExpressibleByArgument {
    case outside, pairwise
  }

  @Option(name: .customLong("contrast"), help: "How schemes set fact against foil.")
  private var setting = Setting.outside

  var contrast: Contrast { setting == .outside ? .outside : .pairwise }

  @Option(
    help: ArgumentHelp(
      "Where cwox-2s explains classes, such as percentile:50 or range:0.2. (default: "
        + "CWOX's percentiles)", valueName: "rule"))
  var support: Support?

  /// The explainers, made for a network.
  ///
  /// - Throws: `SettingError`, `NetworkError`.
  func candidates(
    for network: Network, on device: Device, seed: Seed
  ) throws -> [ExplainerCandidate] {
    let list = try MethodList(
      explainers.split(separator: ",").map(String.init), settings: settings)
    return try list.entries.map { entry in
      let stages = try [LayerRole.clusters, .classes].map { role in
        try ChosenExplainer(
          named: entry.name, settings: list.settings(of: entry), layer: nil, role: role,
          reduction: .sum, for: network, on: device, seed: seed)
      }
      return candidate(clusters: stages[0], classes: stages[1])
    }
  }

  private func candidate(clusters: ChosenExplainer, classes: ChosenExplainer) -> ExplainerCandidate
  {
    ExplainerCandidate(
      EvaluatedExplainer(
        name: classes.entry.name, title: classes.entry.title,
        clusterPlace: clusters.method.layer ?? "input",
        classPlace: classes.method.layer ?? "input",
        // The device is the run's.
        settings: classes.method.settings.filter { $0.key != "device" }),
      stages: clusters.method == classes.method
        ? StageExplainers(classes.explainer)
        : StageExplainers(clusters: clusters.explainer, classes: classes.explainer),
      clusterScore: clusters.usualScore, classScore: classes.usualScore,
      support: support ?? .usual(for: clusters.entry.name))
  }
}

extension Method {
  /// The layer's name; `nil` for the input.
  fileprivate var layer: String? {
    if case .layer(let name, _) = place { name } else { nil }
  }
}
