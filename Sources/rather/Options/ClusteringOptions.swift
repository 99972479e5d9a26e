public import ArgumentParser
public import Confusion
import Foundation
import Terms

extension Association: ExpressibleByArgument {}

/// How clusters are found without a model.
struct ClusteringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The measure of how alike two classes are. (default: pmi for agglomerative, "
        + "count for louvain)",
      valueName: "measure"))
  var association: Association?

  @Option(
    help: ArgumentHelp(
      "Agglomerative: how many clusters each level has, lowest first, such as "
        + "300,75,20. (default: those that make held-out documents likeliest)", valueName: "count,…"
    ))
  var clusters: String?

  @Option(
    help: ArgumentHelp("Louvain: above 1 for smaller clusters. (default: 1)", valueName: "number"))
  var resolution: Double?

  func validate() throws { _ = try counts() }

  /// The options given that a method does not know.
  func strange(to method: TreeMethod) -> [String] {
    [
      ("--association", association != nil && method == .hlta),
      ("--clusters", clusters != nil && method != .agglomerative),
      ("--resolution", resolution != nil && method != .louvain),
    ].filter(\.1).map(\.0)
  }

  /// Finds a tree by agglomeration.
  func agglomerated(
    _ corpus: Corpus, seed: Seed, threads: Int, _ progress: ProgressHandler
  ) throws -> FoundTree {
    let counts = try counts()
    let method = Agglomeration(
      by: association ?? .pmi, clusterCounts: counts, seed: seed, threads: threads)
    let tree = try method.tree(of: corpus, progress: progress)
    if let counts { Self.tellDifference(tree.levelSizes, counts, by: method.association) }
    var found = FoundTree(
      structure: tree,
      settings: [
        "association": method.association.rawValue, "clusters": clusters ?? "by held-out documents",
      ], from: corpus)
    found.isSeeded = counts == nil
    return found
  }

  /// Says where levels are not what was asked for.
  private static func tellDifference(
    _ found: [Int], _ asked: [Int], by association: Association
  ) {
    if found == asked { return }
    let texts = [found, asked].map { $0.map(String.init).joined(separator: ",") }
    Console.message(
      "\(Counted.text(found.count, "level")) of \(texts[0]) clusters, not \(texts[1]): "
        + "those that are left have nothing in common by --association \(association.rawValue)")
  }

  /// Finds a tree by modularity.
  func louvain(_ corpus: Corpus, seed: Seed) throws -> FoundTree {
    let method = Louvain(by: association ?? .count, resolution: resolution ?? 1, seed: seed)
    return FoundTree(
      structure: try method.tree(of: corpus),
      settings: ["association": method.association.rawValue, "resolution": "\(method.resolution)"],
      from: corpus)
  }

  private func counts() throws -> [Int]? {
    try clusters?.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let count = Int(word.trimmingCharacters(in: .whitespaces)), count > 0 else {
        throw ValidationError("--clusters must be numbers with commas between, such as 300,75,20")
      }
      return count
    }
  }
}
