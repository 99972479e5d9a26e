import Confusion
import Contrast
import Foundation
import Networks
import Report
import Saliency
import Tensors
import Terms

/// Answers to the whole output by a scheme.
struct SchemeAnswering {
  let options: SchemeOptions
  let source: ClusterSource
  let plan: WholeOutputPlan
  let clusters: ChosenExplainer
  let classes: ChosenExplainer

  /// What was answered, as a report shows it.
  struct Answered {
    let answer: WholeAnswer
    let groups: [ExplainedPicture.Group]
    let scheme: Manifest.Scheme
    let clusters: [[Manifest.Class]]?
    let note: String
  }

  init(
    _ options: SchemeOptions, _ question: QuestionOptions, _ method: ExplainerOptions,
    _ work: WorkOptions, for network: Network, on device: Device, seed: UInt64
  ) throws {
    self.options = options
    source = try options.source(for: network.labels)
    func chosen(
      _ name: String?, _ settings: String?, _ layer: String?, _ role: LayerRole
    ) throws -> ChosenExplainer {
      // Settings are a method's own: those of --settings go with --explainer.
      let isOther = name != nil && name != method.explainer
      let entry = try ExplainerMenu.entry(named: name ?? method.explainer)
      // So is a layer of those that explain at one.
      let shared = isOther && entry.layerUse == .never ? nil : method.layer
      return try ChosenExplainer(
        named: entry.name, settings: settings ?? (isOther ? "" : method.settings),
        layer: layer ?? shared, role: role, reduction: work.reduce, for: network, on: device,
        seed: Seed(seed))
    }
    clusters = try chosen(
      options.clusterExplainer, options.clusterSettings, options.clusterLayer, .clusters)
    classes = try chosen(
      options.classExplainer, options.classSettings, options.classLayer, .classes)
    plan = WholeOutputPlan(
      scheme: options.scheme ?? .cwox2s, contrast: question.contrast ?? .outside,
      support: options.support ?? .usual(for: clusters.entry.name), kind: question.score,
      clusterScore: clusters.usualScore, classScore: classes.usualScore,
      strength: question.finerStrength, mass: options.mass, limit: options.top)
  }

  /// Explains a picture's whole output.
  func answered(
    about network: Network, at input: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Answered {
    let overlaps = try overlapping(network, input, resources, progress)
    let isOne = clusters.method == classes.method
    let stages =
      isOne
      ? StageExplainers(classes.explainer)
      : StageExplainers(clusters: clusters.explainer, classes: classes.explainer)
    let answer = try stages.answer(
      about: network, at: input, by: plan, within: resources, progress: progress
    ) { likeliest in
      switch source {
      case .tree(let partition, _, _), .byHand(let partition): partition.grouping(likeliest)
      case .overlap: overlaps ?? .init(groups: [likeliest])
      case .none: .init(groups: [likeliest])
      }
    }
    func named(_ classes: [Int]) -> [Manifest.Class] {
      classes.map { .init(index: $0, label: network.labels[$0]) }
    }
    return Answered(
      answer: answer, groups: groups(answer, network.labels),
      scheme: Manifest.Scheme(
        name: plan.scheme.rawValue,
        contrast: plan.scheme == .swox
          ? nil : (plan.scheme == .cwox1sB ? .inverse : plan.contrast).rawValue,
        support: plan.scheme.hasTwoStages ? plan.support.description : nil, mass: plan.mass,
        limit: plan.limit, source: source.text, tree: source.file,
        strangers: named(answer.strangers)),
      clusters: source.text == nil ? nil : answer.clusters.map { named($0.classes) },
      note: note(answer, network.labels))
  }

  /// The clusters that overlapping maps of the classes give, which takes a pass of its own.
  private func overlapping(
    _ network: Network, _ input: Tensor, _ resources: Resources, _ progress: ProgressHandler
  ) throws -> Partition.Grouping? {
    guard case .overlap(let rule) = source else { return nil }
    var likeliest: [Int] = []
    let isPlain = plan.kind == .logit || plan.kind == .probability
    let answers = try classes.explainer.answers(
      about: network, at: input, within: resources, progress: progress
    ) {
      likeliest = plan.classes(of: $0)
      return try likeliest.map {
        try Inquiry(
          .why(ClassSet($0)), kind: isPlain ? plan.kind : nil, usual: classes.usualScore,
          classCount: network.classCount)
      }
    }
    let maps = answers.all.map(\.map)
    let overlaps = try maps.indices.flatMap { i in
      try maps.indices.dropFirst(i + 1).map { try MapOverlap.overlap(of: maps[i], and: maps[$0]) }
    }
    if let least = overlaps.min(), let most = overlaps.max() {
      Console.message(String(format: "Maps overlap by %.2f to %.2f.", least, most))
    }
    return try rule.grouping(likeliest, maps)
  }

  private func groups(_ answer: WholeAnswer, _ labels: ClassLabels) -> [ExplainedPicture.Group] {
    answer.clusters.enumerated().map { place, cluster in
      let names = cluster.classes.map { labels[$0] }.joined(separator: ", ")
      return ExplainedPicture.Group(
        title: source.text == nil ? "The likeliest classes" : names, method: classes.method,
        prefix: source.text == nil ? "" : "cluster-\(place + 1)/",
        lead: cluster.evidence.map { .init(answer: $0, method: clusters.method) },
        answers: cluster.members)
    }
  }

  private func note(_ answer: WholeAnswer, _ labels: ClassLabels) -> String {
    var notes: [String] = []
    if let text = source.text { notes.append("Clusters: \(text).") }
    if let strange = ClassSet(answer.strangers) {
      let isOne = answer.strangers.count == 1
      let isAll = answer.strangers.count == answer.clusters.flatMap(\.classes).count
      notes.append(
        "\(labels.text(strange)) \(isOne ? "is" : "are") not in there, and so "
          + (isOne ? "a cluster apart." : "each a cluster apart.")
          + (isAll && !isOne ? " No likely class is in any cluster." : ""))
    }
    if let only = answer.prediction.classes.first?.index,
      answer.clusters.flatMap(\.classes).count == 1,
      answer.prediction.classes[0].probability > max(plan.mass, 0.5)
    {
      notes.append(
        "The network is sure of \(labels[only]): no other class is needed to exceed "
          + "\(Console.percent(plan.mass).drop { $0 == " " }).")
    }
    return notes.joined(separator: " ")
  }
}
