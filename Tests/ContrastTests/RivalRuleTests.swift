import Confusion
import Networks
import Terms
import Testing

@testable import Contrast

/// Known answers: which classes are added to a sure network's, by hand from probabilities and clusters.
@Suite struct RivalRuleTests {
  /// Classes 3, 1, 4, 0, 2, 5 by falling probability.
  static let prediction = Prediction(
    classes: ([(3, 0.97), (1, 0.02), (4, 0.006), (0, 0.003), (2, 0.001), (5, 0)] as [(Int, Float)])
      .map { index, probability in
        .init(
          index: index, label: "\(index)", probability: probability,
          logit: probability > 0 ? probability : -.infinity)
      }, value: nil)

  func added(
    _ clusters: [[Int]], mass: Float = 0.95, limit: Int = 5, without: Set<Int> = [],
    scheme: Scheme = .cwox2s, rule: RivalRule = .nearest,
    of prediction: Prediction = Self.prediction
  ) throws -> [AddedRival] {
    let partition = try Partition(clusters)
    return WholeOutputPlan(
      scheme: scheme, mass: mass, limit: limit, without: without, rivalRule: rule
    )
    .rivals(of: prediction) { partition.grouping($0) }
  }

  @Test func `a class alone meets the likeliest of its cluster and the likeliest outside`() throws {
    #expect(
      try added([[3, 4, 0], [1, 2]]) == [.init(1, as: .otherCluster), .init(4, as: .runnerUp)])
    #expect(
      try added([[3, 1, 0], [2, 4]]) == [.init(1, as: .runnerUp), .init(4, as: .otherCluster)])
  }

  @Test func `a class that is alone in the tree, or not in it, meets one outside`() throws {
    #expect(try added([[3], [1, 2]]) == [.init(1, as: .otherCluster)])
    #expect(try added([[1, 2]]) == [.init(1, as: .otherCluster)])
    // What the tree does not know is a cluster of its own.
    #expect(try added([[3, 0]]) == [.init(1, as: .otherCluster), .init(0, as: .runnerUp)])
  }

  @Test func `one cluster of several classes meets the likeliest outside`() throws {
    #expect(try added([[3, 1], [4, 0, 2]], mass: 0.98) == [.init(4, as: .otherCluster)])
    // The limit ends the list before the mass is reached.
    #expect(try added([[3, 1], [4, 0, 2]], mass: 1, limit: 2) == [.init(4, as: .otherCluster)])
  }

  @Test func `nothing is added to several clusters, nor where one class was asked for`() throws {
    #expect(try added([[3, 4], [1, 2]], mass: 0.98).isEmpty)
    #expect(try added([[3, 4], [1, 2]], limit: 1).isEmpty)
    #expect(try added([[3, 4], [1, 2]], rule: .none).isEmpty)
    #expect(WholeOutputPlan().rivalRule == .none)
  }

  @Test func `what was left out is no rival, and takes no rival's place`() throws {
    #expect(
      try added([[3, 4, 0], [1, 2]], without: [4, 1]) == [
        .init(0, as: .runnerUp), .init(2, as: .otherCluster),
      ])
    // Two clusters were likely; that one of them was left out is a person's wish.
    #expect(try added([[3, 4], [1, 2]], mass: 0.98, without: [1]).isEmpty)
    #expect(try added([[3, 4], [1, 2]], without: [3]).isEmpty)
  }

  @Test func `an infinite logit is no rival`() throws {
    #expect(try added([[3, 5], [1]]) == [.init(1, as: .otherCluster)])
    #expect(try added([[0, 1, 2, 3, 4], [5]]) == [.init(1, as: .runnerUp)])
  }

  @Test(arguments: [Scheme.cwox1sA, .cwox1sB])
  func `one stage meets the likeliest other class`(scheme: Scheme) throws {
    #expect(try added([[3, 4], [1, 2]], scheme: scheme) == [.init(1, as: .runnerUp)])
    #expect(try added([[3, 1], [4, 2]], mass: 0.98, scheme: scheme).isEmpty)
    #expect(try added([[3, 4], [1, 2]], scheme: .swox).isEmpty)
  }

  @Test func `labels that are each there or not have their absence for a foil`() throws {
    let labels = Prediction(classes: Self.prediction.classes, value: nil, threshold: 0.5)
    #expect(try added([[3, 4], [1, 2]], of: labels).isEmpty)
  }
}
