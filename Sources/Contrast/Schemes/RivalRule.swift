package import Confusion
package import Networks
internal import Terms

/// What is added to the likeliest classes of an output where these leave nothing to set them against.
public enum RivalRule: String, Hashable, Sendable, Codable {
  /// Nothing, as in the paper: a network that is sure is asked why P, and not rather than what.
  case none
  /// The nearest rivals. Beside a class that is alone in its cluster the likeliest other class of that cluster, and
  /// beside the only cluster the likeliest class of another. Schemes of one stage take the likeliest other class.
  case nearest
}

/// A class that was added so that others can be set against it.
public struct AddedRival: Hashable, Sendable {
  /// Why it was.
  public enum Role: String, Hashable, Sendable, Codable {
    /// It is the likeliest beside a class that would be alone.
    case runnerUp = "runner-up"
    /// It is the likeliest of all classes that are not in the only cluster.
    case otherCluster = "other-cluster"
  }

  /// The class that was added, by its index.
  public let index: Int
  /// Why it was added.
  public let role: Role

  /// Names a class that was added.
  public init(_ index: Int, as role: Role) { (self.index, self.role) = (index, role) }
}

extension WholeOutputPlan {
  /// The classes that are added to those of ``classes(of:)``, likeliest first.
  ///
  /// None are where one class alone was asked for (a limit of 1), where labels are each there or not, whose foil is
  /// their absence, and where the network's likeliest classes are in several clusters, of which some may be left out.
  ///
  /// - Parameter grouping: Puts any classes in clusters; a class of none of its groups is no rival.
  package func rivals(
    of prediction: Prediction, in grouping: ([Int]) throws -> Partition.Grouping
  ) rethrows -> [AddedRival] {
    guard rivalRule == .nearest, scheme != .swox, limit > 1, prediction.threshold == nil,
      !classes(of: prediction).isEmpty
    else { return [] }
    let likely = prediction.likeliest(mass: mass, limit: limit).map(\.index)
    let others = prediction.classes.filter {
      !likely.contains($0.index) && !without.contains($0.index) && $0.logit.isFinite
    }.map(\.index)
    guard scheme.hasTwoStages else {
      return likely.count > 1 ? [] : others.prefix(1).map { AddedRival($0, as: .runnerUp) }
    }
    let groups = try grouping(likely + others).groups.map(Set.init)
    guard let own = groups.first(where: { $0.contains(likely[0]) }), own.isSuperset(of: likely)
    else { return [] }
    let known = groups.reduce(into: Set()) { $0.formUnion($1) }
    let runnerUp = likely.count == 1 ? others.first(where: own.contains) : nil
    let outside = others.first { known.contains($0) && !own.contains($0) }
    return others.compactMap { index in
      index == runnerUp
        ? AddedRival(index, as: .runnerUp)
        : index == outside ? AddedRival(index, as: .otherCluster) : nil
    }
  }
}
