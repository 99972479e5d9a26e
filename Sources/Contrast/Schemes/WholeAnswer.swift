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
  public let strangers: [Int]
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
  /// - Parameter grouping: Puts the likeliest classes in clusters.
  /// - Complexity: One explainer is called once for all scores of all stages. Two share what passes
  ///   they can: Grad-CAM and MWP at two layers take one forward pass and one walk back.
  public func answer(
    about network: Network, at input: Tensor, by plan: WholeOutputPlan,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in },
    grouping: ([Int]) throws -> Partition.Grouping
  ) throws -> WholeAnswer {
    var asked = Asked()
    func ask(_ prediction: Prediction) throws {
      asked = try Asked(grouping(plan.classes(of: prediction)), by: plan, network.classCount)
    }
    let prediction: Prediction
    let answers: (evidence: [Answer], members: [Answer])
    if areOne || !plan.scheme.hasTwoStages {
      let explanation = try classes.maps(
        of: { prediction in
          try ask(prediction)
          return asked.both.scores
        }, in: network, at: input, within: resources, progress: progress)
      let all = try asked.both.answers(from: explanation)
      let count = asked.clusters.inquiries.count
      (prediction, answers) = (
        explanation.prediction, (Array(all.prefix(count)), Array(all.dropFirst(count)))
      )
    } else {
      let found = try clusters.maps(
        of: { prediction in
          try ask(prediction)
          return ScoreLots(own: asked.clusters.scores, other: asked.classes.scores)
        }, beside: classes, in: network, at: input, within: resources, progress: progress)
      prediction = found.own.prediction
      answers = (
        try asked.clusters.answers(from: found.own), try asked.classes.answers(from: found.other)
      )
    }
    return WholeAnswer(
      prediction: prediction,
      clusters: try plan.clusters(
        asked.grouping.groups, evidence: answers.evidence, members: answers.members),
      strangers: asked.grouping.strangers)
  }
}

/// What a plan asks once the network has answered.
private struct Asked {
  let grouping: Partition.Grouping
  let clusters: ScoreSheet
  let classes: ScoreSheet

  init() { (grouping, clusters, classes) = (.init(groups: []), ScoreSheet(), ScoreSheet()) }

  init(_ grouping: Partition.Grouping, by plan: WholeOutputPlan, _ classCount: Int) throws {
    let inquiries = try plan.inquiries(grouping.groups, classCount: classCount)
    self.grouping = grouping
    clusters = ScoreSheet(inquiries.clusters)
    classes = ScoreSheet(inquiries.classes.flatMap(\.self))
  }

  /// The inquiries of both stages, for one explainer.
  var both: ScoreSheet { ScoreSheet(clusters.inquiries + classes.inquiries) }
}

extension WholeOutputPlan {
  /// Puts answers to their clusters, those of classes kept to the support of their cluster's.
  fileprivate func clusters(
    _ groups: [[Int]], evidence: [Answer], members: [Answer]
  ) throws -> [WholeAnswer.Cluster] {
    var rest = members[...]
    return try groups.enumerated().map { place, group in
      let own = rest.prefix(group.count)
      rest = rest.dropFirst(group.count)
      guard scheme.hasTwoStages else {
        return .init(classes: group, evidence: nil, members: Array(own))
      }
      let mask = try support.mask(of: evidence[place].map.values)
      return .init(
        classes: group, evidence: evidence[place],
        members: try own.map { answer in
          Answer(
            inquiry: answer.inquiry, scores: answer.scores, map: try answer.map.within(mask))
        })
    }
  }
}
