/// What a draft expects of its nodes, given cases.
struct Expectations {
  typealias Table = DraftTree.Table

  /// The log-likelihood of the cases.
  private(set) var logLikelihood = 0.0
  /// `Σ P(1, y | case)` of each node; of latents over cases that touch it until the others are added.
  private(set) var ones: [Table]
  /// How many cases touch each latent.
  private(set) var touching: [Double]
  /// `Σ P(z | case)` of each latent over cases that touch it.
  private(set) var touched: [Table]
  /// `Σ P(z | case)` of each latent over the other cases.
  private(set) var untouched: [Table]
  /// `Σ P(y | case)` of each latent's parent over cases that touch the latent.
  private var above: [Table]

  private init(nodeCount: Int) {
    ones = .init(repeating: .zero, count: nodeCount)
    touching = .init(repeating: 0, count: nodeCount)
    (touched, untouched, above) = (ones, ones, ones)
  }

  /// Reads cases.
  ///
  /// - Complexity: `Σ t · height` over cases of `t` words, and the number of nodes.
  init(_ tree: DraftTree, _ cases: Cases, threads: Int) {
    self.init(nodeCount: tree.levels.count)
    let chunks = cases.starts.withUnsafeBufferPointer { Chunks(starts: $0) }
    let parts = chunks.map(threads: threads) { range in
      var part = Expectations(nodeCount: tree.levels.count)
      part.read(cases, range, DraftMessagePass(tree))
      return part
    }
    for part in parts { add(part) }
    addUntouched(tree, total: cases.total)
  }

  private mutating func read(_ cases: Cases, _ range: Range<Int>, _ pass: DraftMessagePass) {
    cases.variables.withUnsafeBufferPointer { variables in
      for place in range {
        let words = UnsafeBufferPointer(
          rebasing: variables[cases.starts[place]..<cases.starts[place + 1]])
        let weight = cases.weights[place]
        pass.climb(words, toLevel: pass.height)
        logLikelihood += weight * pass.logLikelihood
        pass.descend(toLevel: 1)
        for word in words {
          ones[Int(word)] += weight * pass.nodes[Int(pass.nodes[Int(word)].parent)].posterior
        }
        for level in 1...pass.height {
          for node in pass.touched(atLevel: level) { add(Int(node), weight: weight, pass) }
        }
      }
    }
  }

  @inline(__always)
  private mutating func add(_ node: Int, weight: Double, _ pass: DraftMessagePass) {
    ones[node] += weight * pass.nodes[node].joint
    touching[node] += weight
    touched[node] += weight * pass.nodes[node].posterior
    let parent = Int(pass.nodes[node].parent)
    above[node] += weight * (parent < 0 ? Table(1, 0) : pass.nodes[parent].posterior)
  }

  private mutating func add(_ part: Expectations) {
    logLikelihood += part.logLikelihood
    for node in ones.indices {
      ones[node] += part.ones[node]
      touching[node] += part.touching[node]
      touched[node] += part.touched[node]
      above[node] += part.above[node]
    }
  }

  /// Cases that do not touch a latent all say the same of it given its parent.
  private mutating func addUntouched(_ tree: DraftTree, total: Double) {
    let pass = DraftMessagePass(tree)
    for level in tree.latents.reversed() {
      for node in level {
        let parent = tree.parents[node]
        let all: Table = parent < 0 ? [total, 0] : touched[parent] + untouched[parent]
        // Rounding may carry a part past its whole.
        let rest = pointwiseMax(all - above[node], .zero)
        let joint = rest * pass.idle(node)
        ones[node] += joint
        let one = joint[0] + joint[1]
        untouched[node] = [max(0, rest[0] + rest[1] - one), one]
      }
    }
  }

  /// The tables that are likeliest given these expectations, and `pseudoCount` in each cell.
  func tables(of tree: DraftTree, total: Double, pseudoCount: Double) -> [Table] {
    ones.indices.map { node in
      let parent = tree.parents[node]
      if parent < 0, node != tree.root { return tree.tables[node] }
      if parent < 0 {
        return .share(
          Table(repeating: ones[node][0]), of: Table(repeating: total), pseudoCount: pseudoCount,
          before: tree.tables[node])
      }
      return .share(
        ones[node], of: touched[parent] + untouched[parent], pseudoCount: pseudoCount,
        before: tree.tables[node])
    }
  }
}

extension DraftTree {
  /// The same structure after iterations of exact EM.
  func fitted(to cases: Cases, iterations: Int, pseudoCount: Double, threads: Int) -> DraftTree {
    var tree = self
    for _ in 0..<iterations {
      tree.tables = Expectations(tree, cases, threads: threads)
        .tables(of: tree, total: cases.total, pseudoCount: pseudoCount)
    }
    return tree
  }
}
