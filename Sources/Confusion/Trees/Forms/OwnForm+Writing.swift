extension OwnForm {
  static func text(of file: TreeFile) throws -> [UInt8] {
    let tree = file.tree
    let children = tree.children
    let (words, probabilities) = (tree.words(), tree.latentProbabilities)
    func node(_ place: Int) -> Node {
      let latent = tree.latents[place]
      return Node(
        id: latent.name,
        text: PublishedForm.text(words[place].prefix(PublishedForm.wordLimit), of: tree),
        data: .init(name: latent.name, level: latent.level, percentage: probabilities?[place]),
        level: latent.level, probabilities: list(tree.distribution?.latents[place]),
        children: children[place].map(node))
    }
    let classes = tree.leaves.enumerated().map { place, leaf in
      ClassEntry(
        index: leaf.index, label: leaf.label, parent: tree.latents[leaf.parent].name,
        probabilities: list(tree.distribution?.leaves[place]))
    }
    return try TreeJSON.text(
      of: Contents(
        format: format, version: version, origin: file.origin, levels: tree.levelSizes,
        classes: classes, tree: tree.roots.map(node)))
  }

  private static func list(_ table: LatentTree.Distribution.Table?) -> [Double]? {
    table.map { [$0[0], $0[1]] }
  }
}
