import ArgumentParser
import Confusion
import Networks
import Sessions
import Terms

/// The names of classes, where a file of them is given.
struct LabelsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The names of the classes, instead of those in the tree: a text file with one "
        + "per line, or a network's card.",
      valueName: "file"))
  var labels: String?

  /// The files that are read.
  var inputs: [String] { LabelsFile.inputs(labels) }

  /// A tree with these names for its classes.
  func naming(_ tree: LatentTree) throws -> LatentTree {
    guard let labels, let names = try LabelsFile.read(labels) else { return tree }
    if let last = tree.leaves.last, last.index >= names.names.count {
      throw CardError.labelsFile(
        labels,
        reason: "it names \(names.names.count) classes, but the tree holds class \(last.index)")
    }
    return tree.labelled(by: names)
  }
}
