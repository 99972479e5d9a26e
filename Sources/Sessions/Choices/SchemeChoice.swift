package import Confusion
public import Contrast
internal import Foundation
internal import Networks
package import Terms

/// How a whole output is explained when nothing is asked.
public struct SchemeChoice: Defaulted {
  /// The explainer of one stage, where it is another than the request's.
  public struct Stage: Defaulted {
    /// Its name on the menu.
    public var explainer: String?
    /// Its settings: `key=value,…`.
    public var settings: String?
    /// The layer that it explains at.
    public var layer: String?

    /// Chooses what the request chooses.
    public init() {}
  }

  /// The file of the latent tree that puts the likeliest classes in clusters.
  public var tree: String?
  /// The level at which to cut the tree; 1, the lowest, where none is said.
  public var level: Int?
  /// Clusters given by hand: classes with commas between, clusters with semicolons.
  public var clusters: String?
  /// The fraction by which maps of classes overlap that are in one cluster.
  public var overlap: Float?
  /// The scheme; CWOX-2s where none is named and something puts classes in clusters.
  public var scheme: Scheme?

  package static let defaultScheme = Scheme.cwox2s

  /// Where classes are explained; CWOX's percentiles where nothing is said.
  public var support: Support?
  /// The largest number of classes.
  public var limit = 5
  /// The probability that the classes must exceed together, unless ``limit`` is reached first.
  public var mass: Float = 0.95
  /// Classes that are left out, however likely: each by its label or index, with commas between.
  public var without: String?
  /// The explainer of clusters.
  public var clusterStage = Stage()
  /// The explainer of classes.
  public var classStage = Stage()

  /// Chooses no scheme.
  public init() {}

  /// How many levels a tree has at which it can be cut.
  package static func levelCount(ofTree path: String) throws -> Int {
    try TreeFile(contentsOf: path).tree.height
  }

  package func validate() throws {
    func fail(_ sentence: String) -> RequestFault { .unfit(sentence) }
    if level != nil, tree == nil { throw fail("--level says where to cut a --tree") }
    if let sentence = strayOption { throw fail(sentence) }
    if [tree, clusters, overlap.map { "\($0)" }].compactMap(\.self).count > 1 {
      throw fail("clusters come from one of --tree, --clusters and --overlap")
    }
    if scheme == .cwox2s, !hasClusters {
      throw fail("cwox-2s needs clusters: a latent tree (--tree), --clusters, or --overlap")
    }
    try Self.check(limit: limit, mass: mass)
    if let overlap, !(overlap > 0 && overlap <= 1) {
      throw fail("--overlap must be more than 0, at most 1")
    }
  }

  /// Fails where the likeliest classes cannot be so many, or exceed so much together.
  static func check(limit: Int, mass: Float) throws {
    if !(1...50).contains(limit) { throw RequestFault.unfit("--top must be from 1 to 50") }
    if !(mass > 0 && mass <= 1) {
      throw RequestFault.unfit("--mass must be more than 0, at most 1")
    }
  }

  /// What is wrong with an option that would do nothing here; `nil` where each has its use.
  private var strayOption: String? {
    let ofStages = [
      ("--support", support?.description), ("--cluster-explainer", clusterStage.explainer),
      ("--cluster-settings", clusterStage.settings), ("--cluster-layer", clusterStage.layer),
    ].first { $0.1 != nil }?.0
    let ofClasses = [
      ("--without", without), ("--class-explainer", classStage.explainer),
      ("--class-settings", classStage.settings),
      ("--class-layer", classStage.layer),
    ].first { $0.1 != nil }?.0
    if let name = ofStages ?? ofClasses, !isAsked {
      return "\(name) goes with a scheme; add --tree, --clusters, --overlap or --scheme"
    }
    if let name = ofStages, let scheme, !scheme.hasTwoStages {
      return "\(name) goes with the stage of clusters, which \(scheme.rawValue) does not have"
    }
    return nil
  }

  /// Whether something puts classes in clusters.
  private var hasClusters: Bool { tree != nil || clusters != nil || overlap != nil }

  /// Whether a scheme was asked for, by name or by clusters.
  var isAsked: Bool { hasClusters || scheme != nil }

  /// Fails where a scheme was asked for beside what it does not go with.
  func check(besides question: QuestionChoice, of network: Network) throws {
    if question.why != nil || question.ratherThan != nil {
      throw RequestFault.unfit(
        "a scheme explains the whole output; leave out --why and --rather-than, or --tree, "
          + "--clusters, --overlap and --scheme")
    }
    if let contrast = question.contrast, let scheme, scheme == .swox || scheme == .cwox1sB {
      throw RequestFault.unfit(
        "--contrast \(contrast.rawValue) does not go with \(scheme.rawValue), "
          + (scheme == .swox ? "which sets nothing against anything" : "whose contrast is inverse"))
    }
    if network.card.task == .regression {
      throw InquiryError.regression("a scheme needs classes")
    }
  }

  /// What puts the likeliest classes of a network in clusters.
  func source(for labels: ClassLabels) throws -> ClusterSource {
    if let tree { return try ClusterSource(tree: tree, level: level ?? 1, labels: labels) }
    if let clusters { return .byHand(try Self.partition(clusters, labels)) }
    return overlap.map { .overlap(MapOverlap(threshold: $0)) } ?? .none
  }

  /// The classes that are left out.
  func leftOut(of labels: ClassLabels) throws -> Set<Int> {
    Set(try without.map { try QuestionChoice.classes($0, labels).indices } ?? [])
  }

  /// Clusters by hand.
  package static func partition(_ text: String, _ labels: ClassLabels) throws -> Partition {
    let sets = try text.split(separator: ";").map {
      try QuestionChoice.classes(String($0), labels).indices
    }
    if sets.isEmpty {
      throw RequestFault.unfit(
        "--clusters names no class; write some, such as \"cello,violin;banjo\"")
    }
    do { return try Partition(sets) } catch PartitionError.repeatedClass(let index) {
      throw RequestFault.unfit(
        "--clusters has \(labels[index]) in two clusters; a class has one place")
    }
  }
}
