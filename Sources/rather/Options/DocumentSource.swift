import Confusion
import Sessions
import Terms

/// Documents named on the command line, for commands that no request stands behind.
enum DocumentSource {
  /// Reads documents and says what was passed over.
  static func read(_ path: String) throws -> DocumentFile {
    let file = try DocumentFile(contentsOf: path)
    if let note = file.omission { Console.message(note) }
    return file
  }

  /// Says how many of the documents' classes are not in a tree.
  static func tellStrangers(_ file: DocumentFile, in tree: LatentTree) {
    let outsideTree = Set(file.corpus.classes).subtracting(tree.leaves.map(\.index))
    if outsideTree.isEmpty { return }
    Console.message(
      "\(file.path): passed over \(Counted.text(outsideTree.count, "class", "classes")) not in the tree"
    )
  }
}
