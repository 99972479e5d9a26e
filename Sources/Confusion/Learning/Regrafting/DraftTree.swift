/// A latent tree while it is being learnt: nodes may hang elsewhere, and levels may be added below
/// the root.
///
/// Nodes are numbers: the variables 0 ..< ``leafCount`` of level 0, then latents in the order they
/// came. There is one root, above all others. A latent that lost its last child is dead: it has the
/// level -1 and hangs on nothing.
struct DraftTree {
  typealias Table = LatentTree.Distribution.Table

  let leafCount: Int
  private(set) var levels: [Int]
  /// What each node hangs on; the root and dead latents on -1.
  private(set) var parents: [Int]
  private(set) var children: [[Int]]
  /// `P(1 | parent)`; the root's are both `P(1)`.
  var tables: [Table]
  let root: Int

  /// Leaves that all hang on a root. `shares` says how often each is 1.
  init(shares: [Double]) {
    leafCount = shares.count
    root = shares.count
    levels = shares.map { _ in 0 } + [1]
    parents = shares.map { _ in shares.count } + [-1]
    children = shares.map { _ in [] } + [Array(shares.indices)]
    tables = shares.map { Table(0.1 * $0, $0).proper } + [[0.5, 0.5]]
  }

  /// The level of the root.
  var height: Int { levels[root] }

  /// The latents of each level, level 1 first.
  var latents: [[Int]] {
    var result = [[Int]](repeating: [], count: height)
    for node in leafCount..<levels.count where levels[node] > 0 {
      result[levels[node] - 1].append(node)
    }
    return result
  }

  /// Puts a level between the root and its children: a latent for each island, whose variables are
  /// places among the root's children. A single island is the root itself.
  mutating func insert(_ islands: [Island]) {
    let below = children[root]
    if islands.count == 1 {
      tables[root] = .init(repeating: islands[0].model.prior)
      for (variable, table) in zip(islands[0].variables, islands[0].model.tables) {
        tables[below[variable]] = table
      }
      return
    }
    let level = height
    children[root] = []
    levels[root] += 1
    for island in islands {
      let latent = levels.count
      children[root].append(latent)
      levels.append(level)
      parents.append(root)
      children.append(island.variables.map { below[$0] })
      let share = island.model.prior
      tables.append(Self.underRoot(share))
      for (variable, table) in zip(island.variables, island.model.tables) {
        parents[below[variable]] = latent
        tables[below[variable]] = table
      }
    }
  }

  /// The draft with nothing between level 1 and the root, and every latent as likely as it was.
  func lowered() -> DraftTree {
    var lowered = self
    var shares = [Double](repeating: tables[root][0], count: levels.count)
    for node in latents.joined().reversed() where node != root {
      let share = shares[parents[node]]
      shares[node] = (1 - share) * tables[node][0] + share * tables[node][1]
      if levels[node] > 1 {
        (lowered.levels[node], lowered.parents[node], lowered.children[node]) = (-1, -1, [])
      }
    }
    lowered.children[root] = latents[0]
    lowered.levels[root] = 2
    lowered.tables[root] = [0.5, 0.5]
    for node in latents[0] {
      lowered.parents[node] = root
      lowered.tables[node] = Self.underRoot(shares[node])
    }
    return lowered
  }

  /// Tables to start from for a node that is 1 so often and hangs on a root.
  private static func underRoot(_ share: Double) -> Table {
    [0.5 * share, min(0.9, 2 * share + 0.1)]
  }

  /// Hangs a node on another latent of its parent's level, with another table.
  mutating func move(_ node: Int, to latent: Int, table: Table) {
    tables[node] = table
    children[latent].append(node)
    var (gone, parent) = (node, parents[node])
    parents[node] = latent
    while true {
      children[parent].removeAll { $0 == gone }
      guard children[parent].isEmpty, parents[parent] >= 0 else { break }
      gone = parent
      parent = parents[gone]
      (levels[gone], parents[gone]) = (-1, -1)
    }
  }

  /// The node of a level that lies above each leaf.
  func ancestors(atLevel level: Int) -> [Int32] {
    (0..<leafCount).map { leaf in
      var node = leaf
      while levels[node] < level { node = parents[node] }
      return Int32(node)
    }
  }
}
