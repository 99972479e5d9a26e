/// Improves a draft by hanging nodes where documents say they belong.
///
/// Each round looks at every node of some levels, makes the moves that gain most, no two of which
/// touch the same latent, and takes a step of EM. A latent that loses its last child dies.
struct Regrafting {
  let cases: Cases
  let pseudoCount: Double
  let threads: Int
  /// The least gain in log-likelihood that is worth a move.
  var leastGain = 1.0
  /// The level of the lowest nodes that move: 0 for classes, 1 where clusters are to stay.
  var lowestLevel = 0

  /// The draft after some rounds over all levels; fewer where nothing is left to gain.
  func improved(_ draft: DraftTree, rounds: Int) -> DraftTree {
    var draft = draft
    var pending = Pending(count: draft.levels.count)
    for _ in 0..<rounds {
      var moves = 0
      for level in lowestLevel..<max(lowestLevel, draft.height - 1) {
        let due = draft.levels.indices.filter {
          draft.levels[$0] == level && pending.isDue($0, parent: draft.parents[$0])
        }
        moves += move(due, of: &draft, &pending)
      }
      if moves == 0 { break }
    }
    if lowestLevel > 0 { return draft }
    // Classes that the last moves left alone.
    let alone = (0..<draft.leafCount).filter { draft.children[draft.parents[$0]].count == 1 }
    if draft.height > 1 { _ = move(alone, of: &draft, &pending) }
    return draft
  }

  /// Which nodes must be looked at again.
  private struct Pending {
    /// By node, the latents that it might hang on; `nil` if it was not looked at.
    var candidates: [[Int]?]
    /// Nodes whose move had to wait for another.
    var waiting: Set<Int> = []
    /// By latent, the last phase that changed what hangs on it.
    var changed: [Int]
    /// By node, the phase in which it was last looked at.
    var seen: [Int]
    var phase = 0

    init(count: Int) {
      candidates = .init(repeating: nil, count: count)
      changed = .init(repeating: 0, count: count)
      seen = changed
    }

    func isDue(_ node: Int, parent: Int) -> Bool {
      guard let candidates = candidates[node] else { return true }
      return waiting.contains(node) || changed[parent] >= seen[node]
        || candidates.contains { changed[$0] >= seen[node] }
    }
  }

  /// Looks at nodes of one level and makes moves of theirs; returns how many.
  private func move(_ due: [Int], of draft: inout DraftTree, _ pending: inout Pending) -> Int {
    guard let first = due.first else { return 0 }
    pending.phase += 1
    let expectations = Expectations(draft, cases, threads: threads)
    let found = search(due, draft, expectations, level: draft.levels[first])
    var moves: [Regraft] = []
    for (node, result) in zip(due, found) {
      pending.candidates[node] = result.candidates
      pending.seen[node] = pending.phase
      pending.waiting.remove(node)
      guard let regraft = result.regraft else { continue }
      if regraft.gain + saved(by: node, draft) > leastGain { moves.append(regraft) }
    }
    // The expectations that moves were judged by serve a step of EM too.
    if !moves.isEmpty {
      draft.tables = expectations.tables(of: draft, total: cases.total, pseudoCount: pseudoCount)
    }
    return make(moves, in: &draft, &pending)
  }

  /// What is won when a node leaves a latent that has no other: two probabilities fewer, by the BIC.
  /// A class that is alone is no cluster, so it goes wherever it loses least.
  private func saved(by node: Int, _ draft: DraftTree) -> Double {
    guard draft.children[draft.parents[node]].count == 1 else { return 0 }
    return draft.levels[node] == 0 ? .infinity : logarithm(cases.total)
  }

  /// Makes the moves that gain most; one that would change a latent a second time waits.
  private func make(
    _ moves: [Regraft], in draft: inout DraftTree, _ pending: inout Pending
  ) -> Int {
    var made = 0
    for move in moves.sorted(by: { $0.gain == $1.gain ? $0.node < $1.node : $0.gain > $1.gain }) {
      let parent = draft.parents[move.node]
      guard pending.changed[parent] < pending.phase, pending.changed[move.target] < pending.phase,
        draft.levels[move.target] > 0
      else {
        pending.waiting.insert(move.node)
        continue
      }
      pending.changed[parent] = pending.phase
      pending.changed[move.target] = pending.phase
      draft.move(move.node, to: move.target, table: move.table)
      made += 1
    }
    return made
  }

  private func search(
    _ nodes: [Int], _ draft: DraftTree, _ expectations: Expectations, level: Int
  ) -> [(regraft: Regraft?, candidates: [Int])] {
    let shares = Chunks(count: nodes.count, least: 32)
    return shares.map(threads: threads) { range in
      let search = RegraftSearch(draft, cases, expectations, level: level)
      return range.map { search.best(for: nodes[$0]) }
    }.flatMap { $0 }
  }
}
