internal import Confusion
internal import Contrast
internal import Foundation
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// Explains the whole output by a scheme.
struct SchemeStage: ExplanationStage {
  let source: ClusterSource
  let plan: WholeOutputPlan
  let clusters: ChosenExplainer
  let classes: ChosenExplainer

  init(
    _ choice: SchemeChoice, _ question: QuestionChoice, _ method: MethodChoice,
    for network: Network, on device: Device, seed: UInt64
  ) throws {
    source = try choice.source(for: network.labels)
    func chosen(_ stage: SchemeChoice.Stage, _ role: LayerRole) throws -> ChosenExplainer {
      // Settings are a method's own: those of the request go with its explainer.
      let isOther = stage.explainer != nil && stage.explainer != method.explainer
      let entry = try ExplainerMenu.entry(named: stage.explainer ?? method.explainer)
      // So is a layer of those that explain at one.
      let shared = isOther && entry.layerUse == .never ? nil : method.layer
      return try ChosenExplainer(
        named: entry.name, settings: stage.settings ?? (isOther ? "" : method.settings),
        layer: stage.layer ?? shared, role: role, reduction: method.reduction, for: network,
        on: device, seed: Seed(seed))
    }
    clusters = try chosen(choice.clusterStage, .clusters)
    classes = try chosen(choice.classStage, .classes)
    plan = WholeOutputPlan(
      scheme: choice.scheme ?? SchemeChoice.defaultScheme, contrast: question.contrast ?? .outside,
      support: choice.support ?? .default(for: clusters.entry.name), kind: question.score,
      clusterScore: clusters.defaultScore, classScore: classes.defaultScore,
      strength: question.finerStrength, mass: choice.mass, limit: choice.limit,
      without: try choice.leftOut(of: network.labels), rivalRule: .nearest)
  }

  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    let progress = telling.stage(plan.scheme.title)
    let (network, resources) = (draft.network, draft.resources)
    let overlaps = try overlapping(draft, telling, progress)
    let isOne = clusters.method == classes.method
    let stages =
      isOne
      ? StageExplainers(classes.explainer)
      : StageExplainers(clusters: clusters.explainer, classes: classes.explainer)
    let before = draft
    let answer = try stages.answer(
      about: network, at: draft.input, by: plan, within: resources, progress: progress,
      partial: { soFar in try telling.partial { try adding(soFar(), to: before).partial() } }
    ) { likeliest in
      if likeliest.isEmpty { throw InquiryError.nothingLeft }
      return switch source {
      case .tree(let partition, _, _), .byHand(let partition): partition.grouping(likeliest)
      case .overlap: overlaps ?? .init(groups: [likeliest])
      case .none: .init(groups: [likeliest])
      }
    }
    let labels = network.labels
    draft = adding(answer, to: before)
    let first = draft.groups.first
    let question = (first?.lead?.answer ?? first?.answers.first)?.inquiry.question
    draft.title = question?.text(labels) ?? "No answer"
    let notes = notes(answer, labels)
    if notes.isEmpty { return }
    draft.notes += notes
    telling.note(notes.joined(separator: " "))
  }

  private func adding(_ answer: WholeAnswer, to draft: ExplanationDraft) -> ExplanationDraft {
    let labels = draft.network.labels
    var draft = draft
    draft.prediction = answer.prediction
    draft.groups += groups(answer, labels)
    draft.scheme = description(of: answer, labels)
    draft.clusters =
      source.text == nil ? nil : answer.clusters.map { Self.named($0.classes, labels) }
    return draft
  }

  private static func named(_ classes: [Int], _ labels: ClassLabels) -> [Manifest.Class] {
    classes.map { .init(index: $0, label: labels[$0]) }
  }

  private func description(of answer: WholeAnswer, _ labels: ClassLabels) -> Manifest.Scheme {
    Manifest.Scheme(
      name: plan.scheme.rawValue,
      contrast: plan.scheme == .swox
        ? nil : (plan.scheme == .cwox1sB ? .inverse : plan.contrast).rawValue,
      support: plan.scheme.hasTwoStages ? plan.support.description : nil, mass: plan.mass,
      limit: plan.limit, source: source.text, tree: source.file,
      strangers: Self.named(answer.unclustered, labels), without: left(of: answer, labels),
      rivals: answer.rivals.isEmpty ? nil : answer.rivals.map { .init($0, in: answer.prediction) })
  }

  /// The classes that would be explained, had they not been left out; `nil` where there are none.
  private func left(of answer: WholeAnswer, _ labels: ClassLabels) -> [Manifest.Class]? {
    let all = answer.prediction.likeliest(mass: plan.mass, limit: plan.limit).map(\.index)
    let left = all.filter(plan.without.contains)
    return left.isEmpty ? nil : Self.named(left, labels)
  }

  /// The clusters that overlapping maps of the classes give, which takes a pass of its own.
  private func overlapping(
    _ draft: ExplanationDraft, _ telling: Telling, _ progress: ProgressHandler
  ) throws -> Partition.Grouping? {
    guard case .overlap(let rule) = source else { return nil }
    var likeliest: [Int] = []
    let isPlain = plan.kind == .logit || plan.kind == .probability
    let answers = try classes.explainer.answers(
      about: draft.network, at: draft.input, within: draft.resources, progress: progress
    ) {
      likeliest = plan.classes(of: $0)
      if likeliest.isEmpty { throw InquiryError.nothingLeft }
      // Whether the next class would be in its cluster, only its map can say.
      if likeliest.count == 1 { likeliest += nextLikeliest(of: $0) }
      return try likeliest.map {
        try Inquiry(
          .why(ClassSet($0)), kind: isPlain ? plan.kind : nil, defaultKind: classes.defaultScore,
          classCount: draft.network.classCount, head: draft.network.head)
      }
    }
    let maps = answers.all.map(\.map)
    let overlaps = try maps.indices.flatMap { i in
      try maps.indices.dropFirst(i + 1).map { try MapOverlap.overlap(of: maps[i], and: maps[$0]) }
    }
    if let least = overlaps.min(), let most = overlaps.max() {
      telling.note(String(format: "Maps overlap by %.2f to %.2f.", least, most))
    }
    return try rule.grouping(likeliest, maps)
  }

  /// The class that is added where one alone is likely.
  private func nextLikeliest(of prediction: Prediction) -> [Int] {
    var one = plan
    one.scheme = .cwox1sA
    return one.rivals(of: prediction) { .init(groups: [$0]) }.map(\.index)
  }

  private func groups(_ answer: WholeAnswer, _ labels: ClassLabels) -> [ExplainedPicture.Group] {
    answer.clusters.enumerated().map { place, cluster in
      let names = cluster.classes.map { labels[$0] }.joined(separator: ", ")
      return ExplainedPicture.Group(
        title: source.text == nil ? "The likeliest classes" : names,
        caption: RivalText(answer, plan, labels).caption(of: cluster.classes),
        method: classes.method,
        prefix: source.text == nil ? "" : "cluster-\(place + 1)/",
        lead: cluster.evidence.map { .init(answer: $0, method: clusters.method) },
        // The map of a class that is alone in its cluster would say what the cluster's says.
        answers: cluster.evidence != nil && cluster.classes.count == 1 ? [] : cluster.members)
    }
  }

  private func notes(_ answer: WholeAnswer, _ labels: ClassLabels) -> [String] {
    var notes: [String] = []
    if let text = source.text { notes.append("Clusters: \(text).") }
    if let left = left(of: answer, labels) {
      notes.append("Left out: \(left.map(\.label).joined(separator: ", ")).")
    }
    if let strange = ClassSet(answer.unclustered) {
      let isOne = answer.unclustered.count == 1
      let isAll = answer.unclustered.count == answer.clusters.flatMap(\.classes).count
      notes.append(
        "\(labels.text(strange)) \(isOne ? "is" : "are") not in there, and so "
          + (isOne ? "a cluster apart." : "each a cluster apart.")
          + (isAll && !isOne ? " No likely class is in any cluster." : ""))
    }
    return notes + RivalText(answer, plan, labels).sentences
  }
}
