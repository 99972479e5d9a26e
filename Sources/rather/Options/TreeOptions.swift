import ArgumentParser
import Confusion

/// A latent tree's file and the names of its classes.
struct TreeOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The tree: one that `rather tree learn` wrote, one that CWOX published, or a .bif "
        + "file."))
  var tree: String

  @OptionGroup var labels: LabelsOption

  /// The files that are read.
  var inputs: [String] { [tree] + labels.inputs }

  /// Reads the tree and names its classes.
  func read() throws -> TreeFile {
    let file = try TreeFile(contentsOf: tree)
    return TreeFile(try labels.naming(file.tree), origin: file.origin, form: file.form)
  }
}
