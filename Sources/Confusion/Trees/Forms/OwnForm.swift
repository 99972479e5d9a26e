/// Rather's own form: one JSON object with the tree's nodes as published trees have them, their
/// levels and probabilities, the classes, and how the tree was found.
enum OwnForm {
  static let format = "rather latent tree"
  static let version = 1

  /// The whole object.
  struct Contents: Codable {
    let format: String
    let version: Int
    let origin: TreeOrigin?
    /// The number of latents of each level, level 1 first.
    let levels: [Int]
    let classes: [ClassEntry]
    let tree: [Node]
  }

  /// What tells the form, read before the rest.
  private struct Header: Decodable {
    let format: String
    let version: Int
  }

  /// A class.
  struct ClassEntry: Codable {
    let index: Int
    let label: String
    /// The node that it hangs on.
    let parent: String
    /// `P(1 | parent = 0)` and `P(1 | parent = 1)`.
    let probabilities: [Double]?
  }

  /// A latent and what hangs on it; id, text, data and children are those of the published form.
  struct Node: Codable {
    let id: String
    let text: String
    let data: PublishedForm.NodeData
    let level: Int
    /// `P(1 | parent = 0)` and `P(1 | parent = 1)`; of a root both are `P(1)`.
    let probabilities: [Double]?
    let children: [Node]
  }

  static func read(_ text: [UInt8], _ path: String) throws -> TreeFile {
    let header = try TreeJSON.decode(Header.self, from: text, path)
    if header.format != format { throw TreeFileError.otherJSON(path) }
    if header.version > version { throw TreeFileError.laterVersion(header.version, path) }
    let contents = try TreeJSON.decode(Contents.self, from: text, path)
    var reading = Reading(path: path)
    for root in contents.tree { try reading.add(root, below: nil) }
    for entry in contents.classes { try reading.add(entry) }
    return TreeFile(try reading.tree(), origin: contents.origin)
  }

  private struct Reading {
    let path: String
    var latents: [LatentTree.Latent] = []
    var leaves: [LatentTree.Leaf] = []
    var latentTables: [LatentTree.Distribution.Table] = []
    var leafTables: [LatentTree.Distribution.Table] = []
    var places: [String: Int] = [:]

    mutating func add(_ node: Node, below parent: Int?) throws(TreeFileError) {
      let place = latents.count
      latents.append(.init(name: node.id, level: node.level, parent: parent))
      places[node.id] = place
      if let table = try table(node.probabilities, of: node.id) {
        if parent == nil, table[0] != table[1] { throw .probabilities(node: node.id, path) }
        latentTables.append(table)
      }
      for child in node.children { try add(child, below: place) }
    }

    mutating func add(_ entry: ClassEntry) throws {
      guard let parent = places[entry.parent] else {
        throw LatentTreeError.unknownParent(of: "class \(entry.index)")
      }
      leaves.append(.init(index: entry.index, label: entry.label, parent: parent))
      if let table = try table(entry.probabilities, of: "class \(entry.index)") {
        leafTables.append(table)
      }
    }

    func tree() throws -> LatentTree {
      let isBare = latentTables.isEmpty && leafTables.isEmpty
      if !isBare, latentTables.count != latents.count || leafTables.count != leaves.count {
        throw TreeFileError.probabilities(node: "some nodes", path)
      }
      return try LatentTree(
        latents: latents, leaves: leaves,
        distribution: isBare ? nil : .init(latents: latentTables, leaves: leafTables))
    }

    private func table(
      _ values: [Double]?, of name: String
    ) throws(TreeFileError) -> LatentTree.Distribution.Table? {
      guard let values else { return nil }
      guard values.count == 2 else { throw .probabilities(node: name, path) }
      return [values[0], values[1]]
    }
  }
}
