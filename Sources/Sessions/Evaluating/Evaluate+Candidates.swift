internal import Contrast
internal import Evaluation
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

extension Evaluate {
  /// The explainers, made for a network.
  ///
  /// - Throws: `SettingError`, `NetworkError`.
  func candidates(for network: Network, on device: Device) throws -> [ExplainerCandidate] {
    let list = try MethodList(explainers, settings: settings)
    return try list.entries.map { entry in
      let stages = try [LayerRole.clusters, .classes].map { role in
        try ChosenExplainer(
          named: entry.name, settings: list.settings(of: entry), layer: nil, role: role,
          reduction: .sum, for: network, on: device, seed: Seed(seed))
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
      clusterScore: clusters.defaultScore, classScore: classes.defaultScore,
      support: support ?? .default(for: clusters.entry.name))
  }
}

extension Method {
  /// The layer's name; `nil` for the input.
  fileprivate var layer: String? {
    if case .layer(let name, _) = place { name } else { nil }
  }
}
