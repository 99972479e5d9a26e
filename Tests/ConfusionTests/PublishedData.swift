import Confusion
import Files
import Foundation
import TestSupport

/// Real documents and published trees, read without the library's own readers.
enum PublishedData {
  static var isThere: Bool { folder != nil }

  private static var folder: URL? {
    References.data.flatMap {
      let documents = $0.appending(path: documentsName)
      return FileManager.default.fileExists(atPath: documents.path) ? $0 : nil
    }
  }

  private static let documentsName = "documents/resnet50-imagenet-val.txt.gz"

  struct Missing: Error {}

  static func documents() throws -> Corpus {
    guard let folder else { throw Missing() }
    let bytes = try ByteStream.decompressed(folder.appending(path: documentsName).path)
    return try Corpus(
      bytes.split(separator: UInt8(ascii: "\n")).map {
        $0.split(separator: UInt8(ascii: " ")).map {
          $0.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
        }
      })
  }

  /// Four fifths of the documents, and every fifth.
  static func split() throws -> (learnt: Corpus, kept: Corpus) {
    let all = try documents()
    return (
      all.selecting((0..<all.count).filter { $0 % 5 != 4 }),
      all.selecting((0..<all.count).filter { $0 % 5 == 4 })
    )
  }

  private struct Node: Decodable {
    struct Facts: Decodable { let level: Int }
    let id: String
    let text: String
    let data: Facts
    let children: [Node]
  }

  /// The structure of a published tree: classes are the words `c012-…` of childless nodes.
  static func tree(_ name: String) throws -> LatentTree {
    guard let folder else { throw Missing() }
    let data = try Data(contentsOf: folder.appending(path: "trees/\(name).json"))
    var latents: [LatentTree.Latent] = []
    var leaves: [LatentTree.Leaf] = []
    func add(_ node: Node, below parent: Int?) {
      let place = latents.count
      latents.append(.init(name: node.id, level: node.data.level, parent: parent))
      for child in node.children { add(child, below: place) }
      guard node.children.isEmpty else { return }
      for word in node.text.split(separator: " ") {
        let parts = word.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0].first == "c", let index = Int(parts[0].dropFirst())
        else { continue }
        leaves.append(.init(index: index, label: String(parts[1]), parent: place))
      }
    }
    for node in try JSONDecoder().decode([Node].self, from: data) { add(node, below: nil) }
    return try LatentTree(latents: latents, leaves: leaves)
  }
}
