public import ArgumentParser
public import Confusion
import Foundation
import Sessions
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
    help: ArgumentHelp(
      "Louvain: above 1 for smaller clusters. (default: \(Louvain(seed: Seed(0)).resolution))",
      valueName: "number"))
  var resolution: Double?

  func validate() throws { _ = try choice }

  /// The choice that the words make.
  var choice: ClusteringChoice {
    get throws {
      var choice = ClusteringChoice()
      (choice.association, choice.resolution) = (association, resolution)
      choice.clusterCounts = try clusters?.split(
        separator: ",", omittingEmptySubsequences: false
      ).map { word in
        guard let count = Int(word.trimmingCharacters(in: .whitespaces)), count > 0 else {
          throw ValidationError("--clusters must be numbers with commas between, such as 300,75,20")
        }
        return count
      }
      return choice
    }
  }
}
