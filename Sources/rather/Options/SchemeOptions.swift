public import ArgumentParser
import Confusion
public import Contrast
import Foundation
import Networks
import Report
import Terms

extension Scheme: ExpressibleByArgument {}

extension Support: ExpressibleByArgument {
  /// Reads a rule such as `percentile:50`.
  public init?(argument: String) { self.init(argument) }
}

/// How a whole output is explained when nothing is asked.
struct SchemeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The latent tree that puts the likeliest classes in clusters.", valueName: "file"))
  var tree: String?

  @Option(
    help: ArgumentHelp(
      "The level at which to cut the tree. (default: 1, the lowest)", valueName: "number"))
  var level: Int?

  @Option(
    help: ArgumentHelp(
      "Clusters given by hand, such as \"cello,violin;banjo,acoustic guitar\".",
      valueName: "class,…;…"))
  var clusters: String?

  @Option(
    help: ArgumentHelp(
      "Cluster the classes whose maps overlap by this fraction.", valueName: "0…1"))
  var overlap: Float?

  @Option(
    help: ArgumentHelp("The scheme. (default: cwox-2s)", valueName: "name"))
  var scheme: Scheme?

  @Option(
    help: ArgumentHelp(
      "Where classes are explained: above a percentile of their cluster's map, or "
        + "above a fraction of its range, such as percentile:50 or range:0.2. (default: "
        + "CWOX's percentiles)", valueName: "rule"))
  var support: Support?

  @Option(help: "The largest number of classes.")
  var top = 5

  @Option(
    help: ArgumentHelp(
      "The probability that the classes must exceed together, unless --top is reached "
        + "first."))
  var mass: Float = 0.95

  @Option(help: ArgumentHelp("The method for clusters. (default: --explainer)", valueName: "name"))
  var clusterExplainer: String?

  @Option(help: ArgumentHelp("The settings of the method for clusters.", valueName: "key=value,…"))
  var clusterSettings: String?

  @Option(
    help: ArgumentHelp(
      "The layer for clusters. (default: --layer, the card's layer for clusters, or "
        + "the last spatial one)", valueName: "name"))
  var clusterLayer: String?

  @Option(help: ArgumentHelp("The method for classes. (default: --explainer)", valueName: "name"))
  var classExplainer: String?

  @Option(help: ArgumentHelp("The settings of the method for classes.", valueName: "key=value,…"))
  var classSettings: String?

  @Option(
    help: ArgumentHelp(
      "The layer for classes. (default: --layer, the card's layer for classes, or "
        + "that of clusters)", valueName: "name"))
  var classLayer: String?

  func validate() throws {
    if level != nil, tree == nil { throw ValidationError("--level says where to cut a --tree") }
    if let name = strayOption { throw ValidationError(name) }
    if [tree, clusters, overlap.map { "\($0)" }].compactMap(\.self).count > 1 {
      throw ValidationError("clusters come from one of --tree, --clusters and --overlap")
    }
    if scheme == .cwox2s, !hasClusters {
      throw ValidationError(
        "cwox-2s needs clusters: a latent tree (--tree), --clusters, or --overlap")
    }
    if !(1...50).contains(top) { throw ValidationError("--top must be from 1 to 50") }
    if !(mass > 0 && mass <= 1) { throw ValidationError("--mass must be more than 0, at most 1") }
    if let overlap, !(overlap > 0 && overlap <= 1) {
      throw ValidationError("--overlap must be more than 0, at most 1")
    }
  }

  /// What is wrong with an option that would do nothing here; `nil` where each has its use.
  private var strayOption: String? {
    let ofStages = [
      ("--support", support?.description), ("--cluster-explainer", clusterExplainer),
      ("--cluster-settings", clusterSettings), ("--cluster-layer", clusterLayer),
    ].first { $0.1 != nil }?.0
    let ofClasses = [
      ("--class-explainer", classExplainer), ("--class-settings", classSettings),
      ("--class-layer", classLayer),
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
  var hasClusters: Bool { tree != nil || clusters != nil || overlap != nil }

  /// Whether a scheme was asked for, by name or by clusters.
  var isAsked: Bool { hasClusters || scheme != nil }

  /// Fails where a scheme was asked for beside what it does not go with.
  func check(besides question: QuestionOptions, of network: Network) throws {
    if question.why != nil || question.ratherThan != nil {
      throw ValidationError(
        "a scheme explains the whole output; leave out --why and --rather-than, or --tree, "
          + "--clusters, --overlap and --scheme")
    }
    if let contrast = question.contrast, let scheme, scheme == .swox || scheme == .cwox1sB {
      throw ValidationError(
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

  /// Clusters by hand.
  static func partition(_ text: String, _ labels: ClassLabels) throws -> Partition {
    let sets = try text.split(separator: ";").map {
      try QuestionOptions.classes(String($0), labels).indices
    }
    if sets.isEmpty {
      throw ValidationError("--clusters names no class; write some, such as \"cello,violin;banjo\"")
    }
    do { return try Partition(sets) } catch PartitionError.repeatedClass(let index) {
      throw ValidationError(
        "--clusters has \(labels[index]) in two clusters; a class has one place")
    }
  }
}
