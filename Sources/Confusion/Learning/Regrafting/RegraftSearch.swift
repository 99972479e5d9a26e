/// Looks where the nodes of one level would better hang, all else fixed.
///
/// A node is taken out of the tree, and every case that touches it is read without it: what the case
/// then says of a latent is what the latent would say of the node. So the gain of hanging it
/// elsewhere is known before it is done, but for what EM adds later.
///
/// One thread uses it at a time.
final class RegraftSearch {
  typealias Table = DraftTree.Table

  let tree: DraftTree
  let cases: Cases
  let expectations: Expectations
  let level: Int
  let pass: DraftMessagePass
  /// The node of ``level`` above each leaf.
  let owners: [Int32]
  let leaves: [[Int32]]
  /// `P(z = 1 | root)` of each latent where nothing below the root's children is present.
  let idle: [Table]
  /// By case, the last node that was looked for with it.
  var marks: [Int32]
  /// By latent, its place among the candidates of the node at hand; -1 elsewhere.
  var slots: [Int32]

  init(_ tree: DraftTree, _ cases: Cases, _ expectations: Expectations, level: Int) {
    (self.tree, self.cases, self.level) = (tree, cases, level)
    self.expectations = expectations
    pass = DraftMessagePass(tree)
    owners = tree.ancestors(atLevel: level)
    var leaves = [[Int32]](repeating: [], count: tree.levels.count)
    for (leaf, owner) in owners.enumerated() { leaves[Int(owner)].append(Int32(leaf)) }
    self.leaves = leaves
    idle = Self.idle(tree, pass)
    marks = .init(repeating: -1, count: cases.count)
    slots = .init(repeating: -1, count: tree.levels.count)
  }

  private static func idle(_ tree: DraftTree, _ pass: DraftMessagePass) -> [Table] {
    var idle = [Table](repeating: .zero, count: tree.levels.count)
    idle[tree.root] = [0, 1]
    for level in tree.latents.dropLast().reversed() {
      for node in level {
        let one = pass.idle(node)
        let above = idle[tree.parents[node]]
        idle[node] = (1 - above) * one[0] + above * one[1]
      }
    }
    return idle
  }

  /// The latent that a node would best hang on, and the few that it might.
  func best(for node: Int) -> (regraft: Regraft?, candidates: [Int]) {
    let parent = tree.parents[node]
    pass.remove(node)
    defer { pass.restore() }
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

  /// How many candidates are tried.
  private static let tried = 4

  /// The candidates, the present parent aside, that go with the node most.
  private func likeliest(_ reading: NodeReading, parent: Int) -> [Int] {
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
    _ reading: NodeReading, under latent: Int, start: Table?
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
}

/// A node that would better hang elsewhere.
struct Regraft: Sendable {
  let node: Int
  /// The latent that it would hang on.
  let target: Int
  /// Its table there.
  let table: DraftTree.Table
  /// What the log-likelihood gains.
  let gain: Double
}
