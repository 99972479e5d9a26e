import ArgumentParser
import Confusion
import Foundation
import Terms

/// `rather tree compare`: how far two trees agree.
struct TreeCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures how far the clusters of two trees agree, level by level.",
    discussion: """
      The measure is the adjusted Rand index of Hubert and Arabie over the classes that both trees \
      have: 1 where the clusters are the same, 0 on average by chance. Only clusters that hold any \
      of these classes are counted. Levels are counted from the classes up.
      """)

  @Argument(help: "One tree.")
  var first: String

  @Argument(help: "The other tree.")
  var second: String

  @Flag(help: "Print JSON.")
  var json = false

  /// What is told.
  struct Facts: Encodable {
    struct Level: Encodable {
      let level: Int
      let clusters: [Int]
      let adjustedRandIndex: Double
    }
    let levels: [Level]
    let heights: [Int]
    let commonClasses: Int
    let onlyInFirst: [Int]
    let onlyInSecond: [Int]
  }

  func run() throws {
    let trees = try [first, second].map { try TreeFile(contentsOf: $0).tree }
    let classes = trees.map { Set($0.leaves.map(\.index)) }
    let height = trees.map(\.height).min() ?? 0
    let levels = try (1...height).map { level in
      let partitions = try trees.map { try $0.partition(atLevel: level) }
      guard let agreement = partitions[0].agreement(with: partitions[1]) else {
        throw ValidationError("\(first) and \(second) have fewer than two classes in common")
      }
      return Facts.Level(
        level: level, clusters: agreement.clusterCounts,
        adjustedRandIndex: agreement.adjustedRandIndex)
    }
    let facts = Facts(
      levels: levels, heights: trees.map(\.height),
      commonClasses: classes[0].intersection(classes[1]).count,
      onlyInFirst: classes[0].subtracting(classes[1]).sorted(),
      onlyInSecond: classes[1].subtracting(classes[0]).sorted())
    tellDifferences(facts)
    if json { try Console.json(facts) } else { show(facts) }
  }

  private func tellDifferences(_ facts: Facts) {
    for (path, only) in [(first, facts.onlyInFirst), (second, facts.onlyInSecond)]
    where !only.isEmpty {
      Console.message(
        "left out \(Counted.text(only.count, "class", "classes")) found only in \(path)")
    }
    if facts.heights[0] != facts.heights[1] {
      Console.message(
        "\(first) has \(Counted.text(facts.heights[0], "level")), and \(second) has \(facts.heights[1]); "
          + "levels that only one has are left out")
    }
  }

  private func show(_ facts: Facts) {
    Console.show("level  clusters     adjusted Rand index")
    for level in facts.levels {
      let clusters = "\(level.clusters[0]), \(level.clusters[1])"
        .padding(toLength: 11, withPad: " ", startingAt: 0)
      Console.show(
        String(format: "%5d  %@  %19.3f", level.level, clusters, level.adjustedRandIndex))
    }
  }
}
