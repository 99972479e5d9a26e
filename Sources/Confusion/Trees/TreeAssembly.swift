/// The parts of a tree before it is known that they make one.
struct TreeAssembly {
  var latents: [LatentTree.Latent]
  var leaves: [LatentTree.Leaf]
  var distribution: LatentTree.Distribution?

  /// The same parts, latents after their parents and classes by index.
  func checked() throws(LatentTreeError) -> TreeAssembly {
    try checkNames()
    let depths = try depths()
    try checkLevels()
    try checkTables()
    return sorted(by: depths)
  }

  private func checkNames() throws(LatentTreeError) {
    if leaves.isEmpty { throw .noClasses }
    var classes: Set<Int> = []
    for leaf in leaves {
      if leaf.index < 0 { throw .negativeClass(leaf.index) }
      if leaf.index >= Corpus.classLimit { throw .classTooLarge(leaf.index) }
      if !classes.insert(leaf.index).inserted { throw .repeatedClass(leaf.index) }
      if !latents.indices.contains(leaf.parent) {
        throw .unknownParent(of: "class \(leaf.index)")
      }
    }
    var names: Set<String> = []
    for latent in latents {
      if !names.insert(latent.name).inserted { throw .repeatedLatent(latent.name) }
      if let parent = latent.parent, !latents.indices.contains(parent) {
        throw .unknownParent(of: latent.name)
      }
    }
  }

  /// How many latents lie above each.
  private func depths() throws(LatentTreeError) -> [Int] {
    var depths = [Int?](repeating: nil, count: latents.count)
    for start in latents.indices {
      var way: [Int] = []
      var place: Int? = start
      while let here = place, depths[here] == nil {
        if way.count > latents.count { throw .cycle(through: latents[start].name) }
        way.append(here)
        place = latents[here].parent
      }
      var depth = place.flatMap { depths[$0] } ?? -1
      for here in way.reversed() {
        depth += 1
        if depth >= LatentTree.depthLimit { throw .tooDeep(limit: LatentTree.depthLimit) }
        depths[here] = depth
      }
    }
    return depths.map { $0 ?? 0 }
  }

  private func checkLevels() throws(LatentTreeError) {
    var isHolding = [Bool](repeating: false, count: latents.count)
    for leaf in leaves { isHolding[leaf.parent] = true }
    for latent in latents where !(1...LatentTree.depthLimit).contains(latent.level) {
      throw .noSuchLevel(latent.level, of: latent.name)
    }
    for latent in latents {
      guard let parent = latent.parent else { continue }
      isHolding[parent] = true
      // Latents of one level may hang on each other: trees whose top is bridged are read as well.
      if latents[parent].level < latent.level {
        throw .level(of: latent.name, latent.level, parent: latents[parent].level)
      }
    }
    for (latent, holds) in zip(latents, isHolding) where !holds {
      throw .nothingBelow(latent.name)
    }
  }

  private func checkTables() throws(LatentTreeError) {
    guard let distribution else { return }
    guard distribution.latents.count == latents.count, distribution.leaves.count == leaves.count
    else {
      throw .tables(
        latents: distribution.latents.count, leaves: distribution.leaves.count,
        expected: .init(latents: latents.count, leaves: leaves.count))
    }
    for (latent, table) in zip(latents, distribution.latents) {
      try Self.check(table, of: latent.name)
    }
    for (leaf, table) in zip(leaves, distribution.leaves) {
      try Self.check(table, of: "class \(leaf.index)")
    }
  }

  private static func check(
    _ table: LatentTree.Distribution.Table, of name: String
  ) throws(LatentTreeError) {
    for value in [table[0], table[1]] where !(0...1).contains(value) {
      throw .notAProbability(value, of: name)
    }
  }

  private func sorted(by depths: [Int]) -> TreeAssembly {
    let order = latents.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    var places = [Int](repeating: 0, count: latents.count)
    for (place, old) in order.enumerated() { places[old] = place }
    let leafOrder = leaves.indices.sorted { leaves[$0].index < leaves[$1].index }
    return TreeAssembly(
      latents: order.map { old in
        .init(
          name: latents[old].name, level: latents[old].level,
          parent: latents[old].parent.map { places[$0] })
      },
      leaves: leafOrder.map { old in
        .init(
          index: leaves[old].index, label: leaves[old].label, parent: places[leaves[old].parent])
      },
      distribution: distribution.map { own in
        .init(latents: order.map { own.latents[$0] }, leaves: leafOrder.map { own.leaves[$0] })
      })
  }
}
