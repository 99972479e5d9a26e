import Confusion
import Files
import Foundation
import TestSupport

/// Small trees, and what is read of text.
enum SmallTrees {
  /// `{1, 2}` strings, `{3, 4, 5}` guitars under music, and `{6}` beside them, three levels.
  static func structure() throws -> LatentTree {
    try LatentTree(
      latents: [
        .init(name: "Z11", level: 1, parent: 3), .init(name: "Z12", level: 1, parent: 3),
        .init(name: "Z13", level: 1, parent: 4), .init(name: "Z21", level: 2, parent: 5),
        .init(name: "Z22", level: 2, parent: 5), .init(name: "Z31", level: 3, parent: nil),
      ],
      leaves: zip([3, 1, 2, 4, 5, 6], [1, 0, 0, 1, 1, 2]).map {
        .init(index: $0, label: $0 == 4 ? "" : "label \($0)", parent: $1)
      })
  }

  /// Any structure with probabilities that are awkward to write.
  static func filled(_ tree: LatentTree) throws -> LatentTree {
    func number(_ i: Int) -> Double { (sin(Double(i) * 1.7) + 1) / 2.0000001 }
    return try tree.with(
      .init(
        latents: tree.latents.indices.map {
          let isRoot = tree.latents[$0].parent == nil
          return [number(2 * $0), number(isRoot ? 2 * $0 : 2 * $0 + 1)]
        },
        leaves: tree.leaves.indices.map { [pow(number($0 + 50), 40), 1 - number($0 + 99)] }))
  }

  /// Puts bytes into a new file and reads it as a tree.
  static func read(_ bytes: [UInt8], name: String = "tree.json") throws -> TreeFile {
    let path = try References.temporaryFolder().appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
    return try TreeFile(contentsOf: path)
  }

  /// Why text holds no tree; the path in it is cut down to the file's name.
  static func complaint(_ text: String) throws -> String {
    let path = try References.temporaryFolder().appending(path: "tree.json").path
    try Data(text.utf8).write(to: URL(filePath: path))
    do { _ = try TreeFile(contentsOf: path) } catch {
      return "\(error)".replacing(path, with: "tree.json")
    }
    return "it is read"
  }
}
