internal import Terms

/// A tree as it grows upward: islands over islands, and one root over the last.
struct GrownTree {
  /// The islands of each level, lowest first; the last has one.
  let levels: [[Island]]

  /// Grows a tree over the variables of cases.
  init(_ cases: Cases, learning: TreeLearning, stream: RandomStream) {
    var levels: [[Island]] = []
    var cases = cases
    while cases.variableCount > max(1, learning.largestTop) || levels.isEmpty {
      let level = LevelLearning(cases, learning: learning, stream: stream.stream(for: levels.count))
      levels.append(level.islands)
      cases = level.cases
    }
    if cases.variableCount > 1 {
      levels.append([Self.root(over: cases, learning: learning, stream: stream)])
    }
    self.levels = levels
  }

  private static func root(
    over cases: Cases, learning: TreeLearning, stream: RandomStream
  ) -> Island {
    var patterns = [Int32](repeating: 0, count: cases.count)
    var counts = PatternCounts(total: cases.total)
    for variable in 0..<cases.variableCount {
      let held = counts.holding(variable, in: cases, patterns)
      counts.add(variable, holding: held, in: cases, &patterns)
    }
    let model = SmallEM(learning).fit(
      LatentClassModel(leafCount: cases.variableCount), to: counts.all,
      using: stream.stream(for: -1))
    return Island(variables: counts.variables, model: model)
  }

  /// The tree over the classes that the variables stand for.
  func tree(over classes: [Int], labels: [Int: String]) throws(LatentTreeError) -> LatentTree {
    var latents: [LatentTree.Latent] = []
    var tables: [LatentTree.Distribution.Table] = []
    // From the root down: where each island of the level is among the latents.
    var parents: [Int?] = [nil]
    var given: [LatentTree.Distribution.Table] = []
    for (height, islands) in levels.enumerated().reversed() {
      if given.isEmpty { given = islands.map { [$0.model.prior, $0.model.prior] } }
      var below = [Int?](repeating: nil, count: islands.reduce(0) { $0 + $1.variables.count })
      var belowTables = [LatentTree.Distribution.Table](repeating: .zero, count: below.count)
      for (place, island) in islands.enumerated() {
        for (variable, table) in zip(island.variables, island.model.tables) {
          below[variable] = latents.count
          belowTables[variable] = table
        }
        latents.append(
          .init(name: "Z\(height + 1)\(place + 1)", level: height + 1, parent: parents[place]))
        tables.append(given[place])
      }
      (parents, given) = (below, belowTables)
    }
    let leaves = zip(classes, parents).map {
      LatentTree.Leaf(index: $0, label: labels[$0] ?? "", parent: $1 ?? 0)
    }
    return try LatentTree(
      latents: latents, leaves: leaves, distribution: .init(latents: tables, leaves: given))
  }
}
