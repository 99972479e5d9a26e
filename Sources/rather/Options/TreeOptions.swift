import ArgumentParser
import Confusion
import Files
import Foundation
import Terms

/// A latent tree's file and the names of its classes.
struct TreeOptions: ParsableArguments {
  @Argument(help: "The tree: of `rather tree learn`, as CWOX published them, or .bif.")
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

/// Whether files that are written may replace others.
struct OverwritingOption: ParsableArguments {
  @Flag(help: "Write over a file that is there.")
  var force = false

  /// Fails where files could not be put, before the work for them is done.
  ///
  /// - Throws: `FileError` where one is there already or is an input.
  func check(_ outputs: [String?], beside inputs: [String?]) throws(FileError) {
    for output in outputs.compactMap(\.self) {
      try WholeFile.check(
        output, existing: force ? .overwrite : .refuse, beside: inputs.compactMap(\.self))
    }
  }
}

/// How many threads work.
struct ThreadsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads, all cores otherwise; the result is the same for any.", valueName: "count"))
  var threads: Int?

  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
  }
}

/// Documents named on the command line.
enum DocumentSource {
  /// Reads documents and says what was passed over.
  static func read(_ path: String, classCount: Int? = nil) throws -> DocumentFile {
    let file = try DocumentFile(contentsOf: path, classCount: classCount)
    if file.emptyLineCount > 0 {
      Console.message(
        "\(path): \(Counted.text(file.emptyLineCount, "line")) without a class passed over")
    }
    return file
  }

  /// Says how many of the documents' classes a tree has not.
  static func tellStrangers(_ file: DocumentFile, in tree: LatentTree) {
    let strangers = Set(file.corpus.classes).subtracting(tree.leaves.map(\.index))
    if strangers.isEmpty { return }
    Console.message(
      "\(file.path): \(Counted.text(strangers.count, "class", "classes")) that the tree has not "
        + "passed over")
  }
}

/// Counts with their nouns.
enum Counted {
  /// “1 line”, “2 lines”.
  static func text(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
