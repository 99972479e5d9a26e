internal import Terms

/// Grows a tree upward, a level of islands over the last, and regrafts what has grown.
struct TreeGrowth {
  /// The documents, for the first level.
  let cases: Cases
  /// Those of them that regrafting looks at.
  let sample: Cases
  var learning: TreeLearning
  /// What the random starts of small EMs follow from.
  let stream: RandomStream
  /// The level of the lowest nodes that are regrafted.
  private var lowestLevel = 0

  init(cases: Cases, sample: Cases, learning: TreeLearning, stream: RandomStream) {
    (self.cases, self.sample, self.learning, self.stream) = (cases, sample, learning, stream)
  }

  /// Rounds of regrafting after each level but the first; the last level's are
  /// ``TreeLearning/roundCount``.
  private static let roundsBetween = 1
  /// Iterations of EM before nodes are regrafted for the first time.
  private static let iterationsBefore = 5

  /// The tree, its tables good enough to start EM from.
  ///
  /// - Parameter progress: Called with how many nodes hang on the root, after each level.
  func grown(progress: (Int) throws -> Void) throws -> DraftTree {
    try raised(DraftTree(shares: cases.shares), over: cases, progress: progress)
  }

  /// The same growth from other random starts.
  func from(_ stream: RandomStream) -> TreeGrowth {
    TreeGrowth(cases: cases, sample: sample, learning: learning, stream: stream)
  }

  /// The tree with its clusters of level 1 kept and the levels above them grown anew.
  func regrown(above draft: DraftTree) throws -> DraftTree {
    var growth = self
    growth.lowestLevel = 1
    growth.learning.roundCount = min(learning.roundCount, 1)
    let lowered = draft.lowered().fitted(
      to: sample, iterations: Self.iterationsBefore, pseudoCount: learning.pseudoCount,
      threads: learning.threadCount)
    return try growth.raised(lowered, over: presentCases(lowered)) { _ in }
  }

  /// The tree with its latents, but not its classes, where these documents say they belong.
  func settled(_ draft: DraftTree) -> DraftTree {
    var growth = self
    growth.lowestLevel = 1
    return growth.regrafting.improved(draft, rounds: min(learning.roundCount, Self.roundsBetween))
  }

  private func raised(
    _ start: DraftTree, over variables: Cases, progress: (Int) throws -> Void
  ) throws -> DraftTree {
    var (draft, below) = (start, variables)
    while draft.height == 1 || below.variableCount > learning.largestTop {
      let level = LevelLearning(
        below, learning: learning, stream: stream.stream(for: draft.height))
      draft.insert(level.islands)
      if level.islands.count == 1 { break }
      if learning.roundCount > 0 {
        draft = regrafted(draft)
        below = presentCases(draft)
      } else {
        below = level.assigned(below)
      }
      try progress(draft.children[draft.root].count)
    }
    if learning.roundCount > 0, draft.height > 1 {
      draft = regrafting.improved(draft, rounds: learning.roundCount)
    }
    return draft
  }

  private var regrafting: Regrafting {
    Regrafting(
      cases: sample, pseudoCount: learning.pseudoCount, threads: learning.threadCount,
      lowestLevel: lowestLevel)
  }

  /// The draft after some EM and, from the second level on, some rounds.
  ///
  /// With one level there is nothing that ties clusters to each other, and leaves would gather in
  /// large ones to make up for it.
  private func regrafted(_ draft: DraftTree) -> DraftTree {
    let fitted = draft.fitted(
      to: sample, iterations: Self.iterationsBefore, pseudoCount: learning.pseudoCount,
      threads: learning.threadCount)
    return draft.height > 2
      ? regrafting.improved(fitted, rounds: min(Self.roundsBetween, learning.roundCount)) : fitted
  }

  /// For each case those of the root's children that are likelier 1 than 0, given all of the case.
  private func presentCases(_ draft: DraftTree) -> Cases {
    let pass = DraftMessagePass(draft)
    let tops = draft.children[draft.root]
    var places = [Int32](repeating: 0, count: draft.levels.count)
    for (place, top) in tops.enumerated() { places[top] = Int32(place) }
    var rows = SparseRows()
    for place in 0..<sample.count {
      sample[place].withUnsafeBufferPointer { pass.climb($0, toLevel: pass.height) }
      pass.descend(toLevel: draft.height - 1)
      let present = pass.touched(atLevel: draft.height - 1)
        .filter { pass.nodes[Int($0)].posterior[1] > 0.5 }
        .map { places[Int($0)] }.sorted()
      rows.append(present, weight: sample.weights[place])
    }
    return Cases(variableCount: tops.count, rows: rows, total: sample.total)
  }
}
