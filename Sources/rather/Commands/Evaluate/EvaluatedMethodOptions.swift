import ArgumentParser
import Contrast
import Evaluation
import Networks
import Report
import Saliency
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
  @Option(help: ArgumentHelp("The explainers; `rather explainers` lists them.", valueName: "names"))
  var explainers = "grad-cam,rise,mwp,lime"

  @Option(
    help: ArgumentHelp(
      "Settings of one of them, such as rise:masks=400,probability=0.3; may be repeated.",
      valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("The schemes; tables compare with the first.", valueName: "names"))
  var schemes = NameList<Scheme>([.swox, .cwox1sA, .cwox1sB, .cwox2s])

  @Option(help: "How schemes set fact against foil: outside or pairwise.")
  var contrast: Contrast = .outside

  @Option(
    help: ArgumentHelp(
      "Where cwox-2s explains classes, such as percentile:50 or range:0.2; CWOX's percentiles "
        + "otherwise.", valueName: "rule"))
  var support: Support?

  func validate() throws {
    guard contrast == .outside || contrast == .pairwise else {
      throw ValidationError("--contrast must be outside or pairwise")
    }
  }

  /// The explainers, made for a network.
  ///
  /// - Throws: `SettingError`, `NetworkError`.
  func candidates(
    for network: Network, on device: Device, seed: Seed
  ) throws -> [ExplainerCandidate] {
    let entries = try explainers.split(separator: ",", omittingEmptySubsequences: false)
      .map { try ExplainerMenu.entry(named: String($0)) }
    var texts: [String: String] = [:]
    for text in settings {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, entries.contains(where: { $0.name == parts[0] }) else {
        throw ValidationError(
          "--settings begins with one of the explainers, such as "
            + "\(entries.first?.name ?? "rise"):key=value, and not “\(text)”")
      }
      if texts.updateValue(parts[1], forKey: parts[0]) != nil {
        throw ValidationError("--settings names \(parts[0]) twice; join its settings by commas")
      }
    }
    return try entries.map { entry in
      let stages = try [LayerRole.clusters, .classes].map { role in
        try ChosenExplainer(
          named: entry.name, settings: texts[entry.name] ?? "", layer: nil, role: role,
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
