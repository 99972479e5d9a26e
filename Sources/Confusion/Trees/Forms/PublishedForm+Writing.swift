internal import Foundation

extension PublishedForm {
  /// The most classes that a node above level 1 names.
  static let wordLimit = 100

  /// Writes a tree so that the published program that cuts trees reads it.
  ///
  /// That program takes its levels from how many nodes lie on the way, so all ways get the same
  /// length: nodes of one child stand for the levels that a way leaves out. Latents of one level, which
  /// it does not know to hang on each other, become siblings. Each cut gives the clusters of the
  /// tree.
  static func text(of tree: LatentTree) throws -> [UInt8] {
    try TreeJSON.text(of: Writing(tree).roots())
  }

  /// The words of a node: each class with `P(x = 1 | Z = 1)`, never 1.00, which that program would
  /// take for class 1.
  static func text(_ words: some Sequence<LatentTree.Word>, of tree: LatentTree) -> String {
    words.map { word in
      let name = ClassWord.text(tree.leaves[word.leaf])
      return word.probability.map { name + String(format: " %.2f", min($0, 0.99)) } ?? name
    }.joined(separator: " ")
  }

  private struct Writing {
    let tree: LatentTree
    let probabilities: [Double]?
    /// The classes below each latent, with those below others of its level that hang on it.
    let families: [[LatentTree.Word]]
    /// The same without those.
    let words: [[LatentTree.Word]]
    /// The latents of each one's own level on it, itself first; empty but for the topmost.
    var members: [[Int]]
    /// The topmost ones of lower levels that hang on each.
    let children: [[Int]]
    /// The classes that hang on each.
    var classes: [Set<Int>]
    let names: Set<String>

    init(_ tree: LatentTree) {
      self.tree = tree
      probabilities = tree.latentProbabilities
      families = tree.words()
      names = Set(tree.latents.map(\.name))
      members = [[Int]](repeating: [], count: tree.latents.count)
      classes = .init(repeating: [], count: tree.latents.count)
      children = zip(tree.latents, tree.children).map { latent, below in
        below.filter { tree.latents[$0].level < latent.level }
      }
      var heads: [Int] = []
      for (place, latent) in tree.latents.enumerated() {
        let bridged = latent.parent.flatMap { tree.latents[$0].level == latent.level ? $0 : nil }
        let head = bridged.map { heads[$0] } ?? place
        heads.append(head)
        members[head].append(place)
      }
      var inside = classes
      for (place, leaf) in tree.leaves.enumerated() {
        classes[leaf.parent].insert(place)
        var (next, level) = (Optional(leaf.parent), 0)
        while let latent = next {
          if tree.latents[latent].level > level { inside[latent].insert(place) }
          (next, level) = (tree.latents[latent].parent, tree.latents[latent].level)
        }
      }
      words = zip(families, inside).map { words, inside in
        words.filter { inside.contains($0.leaf) }
      }
    }

    /// All ways begin at the highest level, and at level 2 at least: no root is without children.
    func roots() -> [Node] {
      let height = max(tree.height, 2)
      return tree.roots.flatMap { nodes(of: $0, upTo: height) }
    }

    /// A latent and those of its level that hang on it, under as many nodes of one child as bring
    /// them to a level.
    private func nodes(of head: Int, upTo level: Int) -> [Node] {
      let own = tree.latents[head].level
      let nodes = members[head].map(node)
      if own >= level { return nodes }
      return chain(head, (own + 1)...level, families[head], nodes)
    }

    private func node(of latent: Int) -> Node {
      let own = tree.latents[latent].level
      let direct = words[latent].filter { classes[latent].contains($0.leaf) }
      var below = children[latent].flatMap { nodes(of: $0, upTo: own - 1) }
      if own > 1 && !direct.isEmpty {
        below.insert(contentsOf: chain(latent, 1...(own - 1), direct, []), at: 0)
      }
      return node(tree.latents[latent].name, own, latent, words[latent], below)
    }

    /// Nodes of one child at some levels, named after a latent.
    private func chain(
      _ latent: Int, _ levels: ClosedRange<Int>, _ words: [LatentTree.Word], _ lowest: [Node]
    ) -> [Node] {
      levels.reduce(lowest) { below, level in
        var name = "\(tree.latents[latent].name)-\(level)"
        while names.contains(name) { name += "-" }
        return [node(name, level, latent, words, below)]
      }
    }

    private func node(
      _ name: String, _ level: Int, _ latent: Int, _ words: [LatentTree.Word], _ below: [Node]
    ) -> Node {
      let shown = words.prefix(below.isEmpty ? words.count : wordLimit)
      return Node(
        id: name, text: PublishedForm.text(shown, of: tree),
        data: NodeData(name: name, level: level, percentage: probabilities?[latent]),
        children: below)
    }
  }
}
