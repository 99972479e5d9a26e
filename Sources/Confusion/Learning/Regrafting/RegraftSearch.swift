/// Looks where the nodes of one level would better hang, all else fixed.
///
/// A node is taken out of the tree, and every case that touches it is read without it: what the case
/// then says of a latent is what the latent would say of the node. So the gain of hanging it
/// elsewhere is known before it is done, but for what EM adds later.
///
/// One thread uses it at a time.
final class RegraftSearch {
  typealias Table = DraftTree.Table

  private let tree: DraftTree
  private let cases: Cases
  private let expectations: Expectations
  private let level: Int
  private let walk: DraftWalk
  /// The node of ``level`` above each leaf.
  private let owners: [Int32]
  private let leaves: [[Int32]]
  /// `P(z = 1 | root)` of each latent where nothing below the root's children is present.
  private let idle: [Table]
  /// By case, the last node that was looked for with it.
  private var marks: [Int32]
  /// By latent, its place among the candidates of the node at hand; -1 elsewhere.
  private var slots: [Int32]

  init(_ tree: DraftTree, _ cases: Cases, _ expectations: Expectations, level: Int) {
    (self.tree, self.cases, self.level) = (tree, cases, level)
    self.expectations = expectations
    walk = DraftWalk(tree)
    owners = tree.ancestors(atLevel: level)
    var leaves = [[Int32]](repeating: [], count: tree.levels.count)
    for (leaf, owner) in owners.enumerated() { leaves[Int(owner)].append(Int32(leaf)) }
    self.leaves = leaves
    idle = Self.idle(tree, walk)
    marks = .init(repeating: -1, count: cases.count)
    slots = .init(repeating: -1, count: tree.levels.count)
  }

  private static func idle(_ tree: DraftTree, _ walk: DraftWalk) -> [Table] {
    var idle = [Table](repeating: .zero, count: tree.levels.count)
    idle[tree.root] = [0, 1]
    for level in tree.latents.dropLast().reversed() {
      for node in level {
        let one = walk.idle(node)
        let above = idle[tree.parents[node]]
        idle[node] = (1 - above) * one[0] + above * one[1]
      }
    }
    return idle
  }

  /// The latent that a node would best hang on, and the few that it might.
  func best(for node: Int) -> (regraft: Regraft?, candidates: [Int]) {
    let parent = tree.parents[node]
    walk.remove(node)
    defer { walk.restore() }
    let reading = read(node)
    defer { for latent in reading.candidates { slots[latent] = -1 } }
    let likeliest = likeliest(reading, parent: parent)
    guard !likeliest.isEmpty else { return (nil, []) }
    let present = fit(reading, under: parent, start: tree.tables[node])
    var best: Regraft?
    for latent in likeliest {
      let fitted = fit(reading, under: latent, start: nil)
      let gain = fitted.logLikelihood - present.logLikelihood
      if gain > best?.gain ?? -.infinity {
        best = Regraft(node: node, target: latent, table: fitted.table, gain: gain)
      }
    }
    return (best, likeliest)
  }

  /// What the cases that touch a node say without it.
  private struct Reading {
    let node: Int
    var said = SaidByNode()
    /// `P(root | rest)` of each case.
    var roots: [Double] = []
    var candidates: [Int] = []
    /// By candidate, the expected weight of cases in which it is 1.
    var shares: [Double] = []
    /// What single cases say of single candidates.
    var entries: [Entry] = []
  }

  private struct Entry {
    let slot: Int32
    let place: Int32
    let posterior: Double
    let isTouched: Bool
  }

  private func read(_ node: Int) -> Reading {
    var reading = Reading(node: node)
    reading.said.absent = level == 0 ? [1, 0] : walk.nodes[node].absent
    var (rest, below): ([Int32], [Int32]) = ([], [])
    for leaf in leaves[node] {
      for place in cases.cases(of: Int(leaf)) where marks[Int(place)] != Int32(node) {
        marks[Int(place)] = Int32(node)
        rest.removeAll(keepingCapacity: true)
        below.removeAll(keepingCapacity: true)
        for word in cases[Int(place)] {
          if owners[Int(word)] == Int32(node) { below.append(word) } else { rest.append(word) }
        }
        reading.said.weights.append(cases.weights[Int(place)])
        reading.said.likelihoods.append(level == 0 ? Table(0, 1) : likelihood(of: below, node))
        note(rest, in: &reading)
      }
    }
    return reading
  }

  private func likelihood(of below: [Int32], _ node: Int) -> Table {
    below.withUnsafeBufferPointer { walk.climb($0, toLevel: level) }
    let value = walk.nodes[node].gathered
    return value / value.sum()
  }

  private func note(_ rest: [Int32], in reading: inout Reading) {
    rest.withUnsafeBufferPointer { walk.climb($0, toLevel: walk.height) }
    walk.descend(toLevel: level + 1)
    reading.roots.append(walk.rootPosterior)
    for latent in walk.touched(atLevel: level + 1) {
      add(Int(latent), walk.nodes[Int(latent)].posterior[1], isTouched: true, to: &reading)
    }
    // What the root says of its untouched children, ``idle`` tells for all at once.
    guard level + 2 < walk.height else { return }
    for above in walk.touched(atLevel: level + 2) {
      let posterior = walk.nodes[Int(above)].posterior
      for latent in tree.children[Int(above)] where !walk.isTouched(latent) {
        add(latent, (posterior * walk.idle(latent)).sum(), isTouched: false, to: &reading)
      }
    }
  }

  @inline(__always)
  private func add(_ latent: Int, _ posterior: Double, isTouched: Bool, to reading: inout Reading) {
    if slots[latent] < 0 {
      slots[latent] = Int32(reading.candidates.count)
      reading.candidates.append(latent)
      reading.shares.append(0)
    }
    let (slot, place) = (slots[latent], reading.roots.count - 1)
    reading.shares[Int(slot)] += reading.said.weights[place] * posterior
    reading.entries.append(
      Entry(slot: slot, place: Int32(place), posterior: posterior, isTouched: isTouched))
  }

  /// How many candidates are tried.
  private static let tried = 4

  /// The candidates, the present parent aside, that go with the node most.
  private func likeliest(_ reading: Reading, parent: Int) -> [Int] {
    let total = reading.said.weights.reduce(0, +)
    var scored: [(latent: Int, score: Double)] = []
    for (latent, share) in zip(reading.candidates, reading.shares)
    where latent != parent && share > 0.5 {
      let mass = expectations.touched[latent][1] + expectations.untouched[latent][1]
      let information = MutualInformation.between(
        max(mass, share), total, together: share, total: cases.total)
      let expected = max(mass, share) * total / cases.total
      if share > expected { scored.append((latent, information)) }
    }
    scored.sort { $0.score == $1.score ? $0.latent < $1.latent : $0.score > $1.score }
    return scored.prefix(Self.tried).map(\.latent)
  }

  private func fit(
    _ reading: Reading, under latent: Int, start: Table?
  ) -> (table: Table, logLikelihood: Double) {
    let seen = seen(latent, reading)
    if let start { return reading.said.fit(under: seen, start: start) }
    let total = reading.said.weights.reduce(0, +)
    let share = slots[latent] < 0 ? 0 : reading.shares[Int(slots[latent])]
    let mass = expectations.touched[latent][1] + expectations.untouched[latent][1]
    let start = Table(
      max(1e-5, (total - share) / cases.total), min(0.9, max(0.02, share / max(1, mass))))
    return reading.said.fit(under: seen, start: start)
  }

  private func seen(_ latent: Int, _ reading: Reading) -> SeenWithout {
    let base = idle[latent]
    var posteriors = reading.roots.map { (1 - $0) * base[0] + $0 * base[1] }
    var isTouched = [Bool](repeating: false, count: posteriors.count)
    let slot = slots[latent]
    for entry in reading.entries where entry.slot == slot && slot >= 0 {
      posteriors[Int(entry.place)] = entry.posterior
      isTouched[Int(entry.place)] = entry.isTouched
    }
    var touched = expectations.touched[latent]
    var (count, one) = (
      cases.total - expectations.touching[latent], expectations.untouched[latent][1]
    )
    let isParent = latent == tree.parents[reading.node]
    for place in posteriors.indices {
      let (weight, q) = (reading.said.weights[place], posteriors[place])
      if isParent {
        let full = withNode(q, reading.node, reading.said.likelihoods[place])
        touched -= weight * Table(1 - full, full)
      } else if isTouched[place] {
        touched -= weight * Table(1 - q, q)
      } else {
        (count, one) = (count - weight, one - weight * q)
      }
    }
    touched.replace(with: 0, where: touched .< 0)
    count = max(0, count)
    var q = count > 0 ? min(1, max(0, one / count)) : 0
    if isParent {
      // The present parent's posterior knows that nothing below the node is there; take that back.
      let message =
        (1 - tree.tables[reading.node]) * reading.said.absent[0] + tree.tables[reading.node]
        * reading.said.absent[1]
      let (zero, one) = ((1 - q) / message[0], q / message[1])
      q = one / (zero + one)
    }
    return SeenWithout(posteriors: posteriors, touched: touched, untouched: (count, q))
  }

  /// The present parent's posterior where the node is put back.
  private func withNode(_ q: Double, _ node: Int, _ likelihood: Table) -> Double {
    let table = tree.tables[node]
    let message = (1 - table) * likelihood[0] + table * likelihood[1]
    let (zero, one) = ((1 - q) * message[0], q * message[1])
    return one / (zero + one)
  }
}
