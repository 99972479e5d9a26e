internal import Foundation

/// The form of the trees that CWOX published: a list of roots, and under each node its children.
///
/// A node has an id, a text of classes with probabilities, and data. The classes are in the texts of
/// the nodes without children alone; other texts name some of the classes below.
enum PublishedForm {
  /// A node of the list.
  struct Node: Codable {
    let id: String
    let text: String
    let data: NodeData?
    let children: [Node]?
  }

  /// What a node says beside its classes.
  struct NodeData: Codable {
    let name: String?
    let level: Int?
    let percentage: Double?
  }

  static func read(_ text: [UInt8], _ path: String) throws -> LatentTree {
    let roots = try TreeJSON.decode([Node].self, from: text, path)
    var reading = Reading(path: path)
    for root in roots { _ = try reading.add(root, below: nil) }
    return try LatentTree(latents: reading.latents, leaves: reading.leaves)
  }

  private struct Reading {
    let path: String
    var latents: [LatentTree.Latent] = []
    var leaves: [LatentTree.Leaf] = []

    /// Adds a node and all below it; returns its level.
    mutating func add(_ node: Node, below parent: Int?) throws(TreeFileError) -> Int {
      let place = latents.count
      latents.append(.init(name: node.id, level: 1, parent: parent))
      var height = 0
      for child in node.children ?? [] { height = max(height, try add(child, below: place)) }
      if height == 0 { try addClasses(of: node, at: place) }
      if let level = node.data?.level, !(1...LatentTree.depthLimit).contains(level) {
        throw .tree(.noSuchLevel(level, of: node.id), path)
      }
      let level = node.data?.level ?? height + 1
      latents[place] = .init(name: node.id, level: level, parent: parent)
      return level
    }

    private mutating func addClasses(of node: Node, at place: Int) throws(TreeFileError) {
      let count = leaves.count
      for word in node.text.split(whereSeparator: \.isWhitespace) {
        if let named = ClassWord(word) {
          leaves.append(.init(index: named.index, label: named.label, parent: place))
        } else if Double(word) == nil {
          throw .word(String(word.prefix(40)), node: node.id, path)
        }
      }
      if leaves.count == count { throw .noClass(node: node.id, path) }
    }
  }
}
