/// How often each state is expected, given documents and a tree's probabilities.
///
/// Of each node and class, only documents that touch it are added up while documents are read. The
/// rest of a node's documents all say the same of it given its parent, that nothing is below, so
/// their share follows from the parent's posteriors all at once, from node 0 down.
struct ExpectedCounts: Sendable {
  /// `Σ P(z, y | document)` of each node over documents that touch it: z = 0 for both states y of
  /// the parent, then z = 1.
  var nodes: [SIMD4<Double>]
  /// `Σ P(y | document)` of each class, by rank, over documents that name it.
  var words: [SIMD2<Double>]
  /// `Σ log P(document)`, documents of probability 0 left out.
  var logLikelihood = 0.0
  /// How many documents have probability 0.
  var impossible = 0.0

  init(_ layout: TreeLayout) {
    nodes = Array(repeating: .zero, count: layout.nodeCount)
    words = Array(repeating: .zero, count: layout.leaves.count)
  }

  /// What is asked of the documents.
  enum Wanted { case likelihood, counts }

  /// Reads documents.
  ///
  /// - Complexity: O(words · depth of the tree), memory O(variables).
  static func over(
    _ cases: TreeCases, _ base: AbsenceMessages, _ wanted: Wanted, threads: Int
  ) -> ExpectedCounts {
    let parts = cases.chunks.map(threads: threads) { range in
      var part = ExpectedCounts(cases.layout)
      part.add(cases, range, base, wanted)
      return part
    }
    var total = ExpectedCounts(cases.layout)
    for part in parts { total.add(part) }
    return total
  }

  private mutating func add(
    _ cases: TreeCases, _ range: Range<Int>, _ base: AbsenceMessages, _ wanted: Wanted
  ) {
    var pass = MessagePass(cases.layout, base)
    var (sum, impossible) = (0.0, 0.0)
    let (words, starts) = (cases.words.base, cases.starts.base)
    nodes.withUnsafeMutableBufferPointer { nodes in
      self.words.withUnsafeMutableBufferPointer { counts in
        guard let nodes = nodes.baseAddress, let counts = counts.baseAddress else { return }
        for place in range {
          let start = starts[place]
          let weight = cases.weights[place]
          let value = pass.logLikelihood(
            .init(start: words + start, count: starts[place + 1] - start),
            shared: cases.shared.base + start)
          guard value > -.infinity else {
            impossible += weight
            continue
          }
          sum += weight * value
          if wanted == .counts { pass.collect(weight: weight, nodes: nodes, words: counts) }
        }
      }
    }
    (logLikelihood, self.impossible) = (sum, impossible)
  }

  private mutating func add(_ part: ExpectedCounts) {
    for i in nodes.indices { nodes[i] += part.nodes[i] }
    for i in words.indices { words[i] += part.words[i] }
    logLikelihood += part.logLikelihood
    impossible += part.impossible
  }

  /// `Σ P(z, y | document)` of each node over all documents: z = 0 for both states y of the parent,
  /// then z = 1.
  func joints(_ base: AbsenceMessages, documents: Int, layout: TreeLayout) -> [SIMD4<Double>] {
    var joints = [SIMD4<Double>](repeating: .zero, count: layout.nodeCount)
    joints[0].x = Double(documents)
    for node in joints.indices.dropFirst() {
      let above = joints[layout.parents[node]]
      let parent = SIMD2(above.lowHalf.sum(), above.highHalf.sum())
      let touched = nodes[node].lowHalf + nodes[node].highHalf
      // Rounding may carry a part past its whole.
      let untouched = pointwiseMax(parent - touched, .zero)
      joints[node] =
        nodes[node] + SIMD4(lowHalf: untouched, highHalf: untouched) * base.nodes[node].absent
    }
    return joints
  }

  /// The tables that are likeliest given these counts.
  ///
  ///     P(z|y) = (Σ P(z, y | document) + s) / (Σ P(y | document) + 2 s)
  ///
  /// with s the pseudo-count. Where it is 0, the table of a state that never occurs stays as it was.
  func tables(
    after old: LatentTree.Distribution, _ base: AbsenceMessages, _ cases: TreeCases,
    pseudoCount: Double
  ) -> LatentTree.Distribution {
    let layout = cases.layout
    let joints = joints(base, documents: cases.documents, layout: layout)
    func table(_ one: SIMD2<Double>, of all: SIMD2<Double>, was: SIMD2<Double>) -> SIMD2<Double> {
      let value = (one + pseudoCount) / (all + 2 * pseudoCount)
      return value.clamped(lowerBound: .zero, upperBound: .one)
        .replacing(with: was, where: all + 2 * pseudoCount .<= 0)
    }
    var (latents, leaves) = (old.latents, old.leaves)
    for node in joints.indices.dropFirst() {
      let (zero, one) = (joints[node].lowHalf, joints[node].highHalf)
      latents[node - 1] = table(one, of: zero + one, was: latents[node - 1])
      if layout.parents[node] == 0 { latents[node - 1].y = latents[node - 1].x }
    }
    for (rank, place) in layout.leaves.enumerated() {
      let parent = joints[layout.leafParents[place]]
      leaves[place] = table(
        words[rank], of: [parent.lowHalf.sum(), parent.highHalf.sum()], was: leaves[place])
    }
    return LatentTree.Distribution(latents: latents, leaves: leaves)
  }
}
