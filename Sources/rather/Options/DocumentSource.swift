import Confusion

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
