public import Confusion
public import Networks
public import Saliency
public import Tensors
public import Terms

/// An explanation of a whole output.
public struct WholeAnswer: Sendable {
  /// A cluster of likely classes, and the evidence for it and in it.
  public struct Cluster: Sendable {
    /// The classes, likeliest first.
    public let classes: [Int]
    /// What supports the cluster, `Ĥ_Cᵢ`; `nil` in schemes of one stage.
    public let evidence: Answer?
    /// What supports each of the classes, `Ĥ_c`.
    public let members: [Answer]
  }

  /// What the network answered.
  public let prediction: Prediction
  /// The clusters in order of their likeliest classes.
  public let clusters: [Cluster]
  /// Classes that no cluster was known for; each is one of its own.
  public let unclustered: [Int]
  /// Classes of the clusters that were added, likeliest first, because the likeliest left nothing to set them against.
  public let rivals: [AddedRival]
}

/// The explainers of a whole output.
public struct StageExplainers: Sendable {
  /// That of clusters.
  public let clusters: any Explainer
  /// That of classes.
  public let classes: any Explainer
  /// Whether they are one, so that one call answers both stages.
  public let areOne: Bool

  /// One explainer for both stages.
  public init(_ both: any Explainer) { (clusters, classes, areOne) = (both, both, true) }

  /// One for each, as the paper advises: classes want finer maps than clusters.
  public init(clusters: any Explainer, classes: any Explainer) {
    (self.clusters, self.classes, areOne) = (clusters, classes, false)
  }

  /// Explains a whole output by a plan.
  ///
  /// - Parameters:
  ///   - partial: Is offered the answer by the maps so far, of a method that samples and explains both stages.
  ///   - grouping: Puts classes in clusters: the likeliest, and where rivals are looked for all.
  /// - Complexity: One explainer is called once for all scores of all stages. Two share what passes
  ///   they can: Grad-CAM and MWP at two layers take one forward pass and one walk back.
  public func answer(
    about network: Network, at input: Input, by plan: WholeOutputPlan,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in },
    partial: ((_ soFar: () throws -> WholeAnswer) throws -> Void)? = nil,
    grouping: ([Int]) throws -> Partition.Grouping
  ) throws -> WholeAnswer {
    try answers(
      about: network, at: input, by: [plan], within: resources, progress: progress,
      partial: partial.map { partial in { soFar in try partial { try soFar()[0] } } },
      grouping: grouping)[0]
  }

  /// The same for numbers as the network reads them, `[1, …]`.
  public func answer(
    about network: Network, at numbers: Tensor, by plan: WholeOutputPlan,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in },
    grouping: ([Int]) throws -> Partition.Grouping
  ) throws -> WholeAnswer {
    try answer(
      about: network, at: network.input(numbers), by: plan, within: resources, progress: progress,
      grouping: grouping)
  }

  /// Explains a whole output by several plans, each score once for all of them.
  ///
  /// Plans of one stage are answered by the explainer of classes.
  ///
  /// - Parameter plans: One at least; all of the same classes, K = min(limit, Cum(mass)), and of the same rivals.
  /// - Returns: An answer a plan.
  public func answers(
    about network: Network, at input: Input, by plans: [WholeOutputPlan],
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in },
    partial: ((_ soFar: () throws -> [WholeAnswer]) throws -> Void)? = nil,
    grouping: ([Int]) throws -> Partition.Grouping
  ) throws -> [WholeAnswer] {
    var asked = StageScores()
    var rivals: [AddedRival] = []
    func ask(_ prediction: Prediction) throws {
      let classes = plans.first?.classes(of: prediction) ?? []
      rivals = try plans.first?.rivals(of: prediction, in: grouping) ?? []
      asked = try StageScores(grouping(classes + rivals.map(\.index)), by: plans, network)
    }
    func whole(
      _ prediction: Prediction, _ evidence: [Answer], _ members: [Answer]
    ) throws -> [WholeAnswer] {
      try asked.parted(evidence, members).map { plan, evidence, members in
        WholeAnswer(
          prediction: prediction,
          clusters: try plan.clusters(asked.grouping.groups, evidence: evidence, members: members),
          unclustered: asked.grouping.unclustered, rivals: rivals)
      }
    }
    guard areOne || !plans.contains(where: \.scheme.hasTwoStages) else {
      let found = try stages(in: network, at: input, within: resources, progress: progress) {
        try ask($0)
        return (asked.clusters.scores, asked.classes.scores)
      }
      return try whole(
        found.clusters.prediction, asked.clusters.answers(from: found.clusters),
        asked.classes.answers(from: found.classes))
    }
    func both(_ found: Explanation) throws -> [WholeAnswer] {
      let both = try asked.both.answers(from: found)
        .parted(like: [asked.clusters.inquiries, asked.classes.inquiries])
      return try whole(found.prediction, both[0], both[1])
    }
    let explanation = try classes.maps(
      of: { prediction in
        try ask(prediction)
        return asked.both.scores
      }, in: network, at: input, within: resources, progress: progress,
      partial: partial.map { partial in { soFar in try partial { try both(soFar()) } } })
    return try both(explanation)
  }
}

extension StageExplainers {
  /// Explains the scores of both stages, by one request where the explainers differ in their layer alone.
  func stages(
    in network: Network, at input: Input, within resources: Resources, progress: ProgressHandler,
    scores: (Prediction) throws -> (clusters: [Score], classes: [Score])
  ) throws -> (clusters: Explanation, classes: Explanation) {
    if let base = (clusters as? LayeredExplainer)?.base,
      let layers = LayeredExplainer.layers(of: clusters, and: classes)
    {
      var count = 0
      let found = try withoutActuallyEscaping(scores) { scores in
        try withoutActuallyEscaping(progress) { progress in
          try base.maps(
            for: MapRequest(
              network, at: input, layers: layers, within: resources, progress: progress
            ) {
              let own = try scores($0)
              count = own.clusters.count
              return [own.clusters, own.classes]
            })
        }
      }
      return (found.part(0..<count), found.part(count..<found.maps.count))
    }
    var rest: [Score] = []
    let first = try clusters.maps(
      of: { prediction in
        let own = try scores(prediction)
        rest = own.classes
        return own.clusters
      }, in: network, at: input, within: resources
    ) { try progress(.init(completed: $0.completed, total: 2 * $0.total, note: $0.note)) }
    let second = try classes.maps(of: rest, in: network, at: input, within: resources) {
      try progress(.init(completed: $0.total + $0.completed, total: 2 * $0.total, note: $0.note))
    }
    return (first, second)
  }
}

extension Explanation {
  /// Some of the scores and their maps.
  fileprivate func part(_ range: Range<Int>) -> Explanation {
    Explanation(
      prediction: prediction, scores: Array(scores[range]), maps: Array(maps[range]))
  }
}

/// The scores of both stages of several plans, and whose each is.
private struct StageScores {
  let grouping: Partition.Grouping
  let clusters: ScoreSheet
  let classes: ScoreSheet
  private let shares: [(plan: WholeOutputPlan, clusters: [Inquiry], classes: [Inquiry])]

  init() {
    (grouping, clusters, classes, shares) = (.init(groups: []), ScoreSheet(), ScoreSheet(), [])
  }

  init(_ grouping: Partition.Grouping, by plans: [WholeOutputPlan], _ network: Network) throws {
    let inquiries = try plans.map { try $0.inquiries(grouping.groups, of: network) }
    self.grouping = grouping
    clusters = ScoreSheet(inquiries.flatMap(\.clusters))
    classes = ScoreSheet(inquiries.flatMap { $0.classes.flatMap(\.self) })
    shares = zip(plans, inquiries).map { plan, own in
      (plan, own.clusters, own.classes.flatMap(\.self))
    }
  }

  /// The inquiries of both stages, for one explainer.
  var both: ScoreSheet { ScoreSheet(clusters.inquiries + classes.inquiries) }

  /// The answers of each plan.
  func parted(
    _ evidence: [Answer], _ members: [Answer]
  ) throws(Miscount) -> [(plan: WholeOutputPlan, evidence: [Answer], members: [Answer])] {
    let evidence = try evidence.parted(like: shares.map(\.clusters))
    let members = try members.parted(like: shares.map(\.classes))
    return shares.indices.map { (shares[$0].plan, evidence[$0], members[$0]) }
  }
}

extension WholeOutputPlan {
  /// Puts answers to their clusters, those of classes kept to the support of their cluster's.
  fileprivate func clusters(
    _ groups: [[Int]], evidence: [Answer], members: [Answer]
  ) throws -> [WholeAnswer.Cluster] {
    let parts = try members.parted(like: groups)
    let leads = scheme.hasTwoStages ? try evidence.parted(into: groups.map { _ in 1 }) : []
    return try groups.indices.map { place in
      guard let lead = leads.isEmpty ? nil : leads[place].first else {
        return .init(classes: groups[place], evidence: nil, members: parts[place])
      }
      let mask = try support.mask(of: lead.map.values)
      return .init(
        classes: groups[place], evidence: lead,
        members: try parts[place].map { answer in
          Answer(
            inquiry: answer.inquiry, scores: answer.scores, map: try answer.map.within(mask))
        })
    }
  }
}
