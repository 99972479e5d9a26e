extension DraftTree {
  /// The tree that the draft has become, over the classes that its leaves stand for.
  func latentTree(
    over classes: [Int], labels: [Int: String]
  ) throws(LatentTreeError) -> LatentTree {
    var (nodes, tables) = (Array(latents.joined().reversed()), tables)
    // A root of one latent says no more than the latent itself.
    while let top = nodes.first, children[top].count == 1, children[top][0] >= leafCount {
      let (only, share) = (children[top][0], tables[top][0])
      tables[only] = .init(repeating: (1 - share) * tables[only][0] + share * tables[only][1])
      nodes.removeFirst()
    }
    let root = nodes[0]
    let height = levels[root]
    var places = [Int](repeating: 0, count: levels.count)
    for (place, node) in nodes.enumerated() { places[node] = place }
    var counts = [Int](repeating: 0, count: height + 1)
    // Two numbers in a row read alike where a level has two digits.
    let separator = height > 9 ? "-" : ""
    let latents = nodes.map { node in
      counts[levels[node]] += 1
      return LatentTree.Latent(
        name: "Z\(levels[node])\(separator)\(counts[levels[node]])", level: levels[node],
        parent: node == root ? nil : places[parents[node]])
    }
    let leaves = classes.enumerated().map { leaf, index in
      LatentTree.Leaf(index: index, label: labels[index] ?? "", parent: places[parents[leaf]])
    }
    return try LatentTree(
      latents: latents, leaves: leaves,
      distribution: .init(
        latents: nodes.map { tables[$0] }, leaves: Array(tables.prefix(leafCount))))
  }
}
