import ArgumentParser
import Confusion
import Foundation
import Terms

/// `rather tree cut`: which classes are in one cluster.
struct TreeCut: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cut",
    abstract: "Groups classes by the clusters of a tree that is cut at one level.",
    discussion: """
      Groups come in order of first appearance. A class that is not in the tree forms its own \
      group. Without classes, every cluster of the level is printed.

        rather tree cut tree.json 486 889 402 420 546 --json
        rather tree cut tree.json cello violin banjo --level 2
      """)

  @OptionGroup var options: TreeOptions

  @Argument(help: ArgumentHelp("Classes, by name or index.", valueName: "class"))
  var classes: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The level at which to cut; 1 is just above the classes.", valueName: "number"))
  var level = 1

  @Flag(help: "Print the groups as JSON: lists of class indices.")
  var json = false

  func run() throws {
    let tree = try options.read().tree
    let partition = try tree.partition(atLevel: level)
    let labels = tree.labels
    let wanted = try classes.map { try Self.index(of: $0, in: labels) }
    let grouping =
      wanted.isEmpty ? .init(groups: partition.clusters) : partition.grouping(wanted)
    for unclustered in grouping.unclustered {
      Console.message("class \(unclustered) is not in the tree; it forms its own group")
    }
    if json {
      let groups = grouping.groups.map { "[" + $0.map(String.init).joined(separator: ",") + "]" }
      Console.show("[" + groups.joined(separator: ",") + "]")
    } else {
      for group in grouping.groups {
        Console.show(group.map { labels[$0] }.joined(separator: ", "))
      }
    }
  }

  /// The class that a word means; an index may be of a class that the tree has not.
  private static func index(of word: String, in labels: ClassLabels) throws(LabelError) -> Int {
    do { return try labels.index(of: word) } catch {
      if case .index(let index, _) = error, index >= 0 { return index }
      throw error
    }
  }
}
