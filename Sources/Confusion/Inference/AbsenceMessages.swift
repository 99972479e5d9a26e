internal import Foundation

/// What a tree's probabilities say to a document without any of its classes, and by what factor each
/// class that is present changes it.
///
/// With `a_c(y)` the probability that class c is absent where its parent is in state y, the message
/// of a class is `m_c = a_c` and that of a latent `m_i(y) = Σ_z P(z|y) Π_children m(z)`. Factors of
/// 0 are counted instead of multiplied, so that a document that has the class takes them out again.
/// Where a message is 0, the one without its factors of 0 stands for it, so that ratios to it exist.
struct AbsenceMessages: Sendable {
  /// What a pass through the tree reads about a node.
  struct Node: BitwiseCopyable, Sendable {
    /// `P(z|y) Π_children m(z) / m(y)` for z = 0 and z = 1, factors of 0 left out of the product: the
    /// probability of each state where every class below is absent, if there are none.
    var zero = ScaledPair(.one)
    var one = ScaledPair(.one)
    /// How many factors of 0 the children give to each state.
    var zeros = SIMD2<Int32>.zero
    /// 1 for each of the parent's states to which this node gives a factor of 0.
    var isZero = SIMD2<Int32>.zero
    /// Whether the two pairs need no exponents.
    var isPlain = true
  }

  /// What a pass reads about a class.
  struct Word: BitwiseCopyable, Sendable {
    /// `P(present|y) / P(absent|y)`; `P(present|y)` where it is never absent.
    var ratio: SIMD2<Double>
    /// 1 where it is never absent.
    var isZero: SIMD2<Int32>
  }

  let nodes: Frozen<Node>
  /// By rank.
  let words: Frozen<Word>
  /// The logarithm of the probability that nothing is present, factors of 0 left out.
  let logarithm: Double
  /// Whether there are any factors of 0.
  let hasZeros: Bool

  /// - Complexity: O(variables).
  init(_ distribution: LatentTree.Distribution, layout: TreeLayout) {
    var nodes = [Node](repeating: Node(), count: layout.nodeCount)
    var products = [SIMD2<Double>](repeating: .zero, count: layout.nodeCount)
    var words: [Word] = []
    for place in layout.leaves {
      let table = distribution.leaves[place]
      let parent = layout.leafParents[place]
      var word = Word(ratio: table / (.one - table), isZero: .zero)
      for y in 0..<2 {
        if table[y] == 1 {
          (word.ratio[y], word.isZero[y]) = (1, 1)
        } else {
          products[parent][y] += log1p(-table[y])
        }
      }
      nodes[parent].zeros &+= word.isZero
      words.append(word)
    }
    for node in layout.parents.indices.dropFirst().reversed() {
      let message = nodes[node].close(distribution.latents[node - 1], products[node])
      products[layout.parents[node]] += message
      nodes[layout.parents[node]].zeros &+= nodes[node].isZero
    }
    logarithm = products[0].x
    hasZeros = nodes.contains { $0.zeros != .zero }
    (self.nodes, self.words) = (Frozen(nodes), Frozen(words))
  }
}

extension AbsenceMessages.Node {
  /// Fills in a node whose children are known; returns the logarithm of its message.
  fileprivate mutating func close(
    _ table: LatentTree.Distribution.Table, _ product: SIMD2<Double>
  ) -> SIMD2<Double> {
    var (left, right, message) = (SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero)
    for y in 0..<2 {
      left[y] = log1p(-table[y]) + product.x
      right[y] = log(table[y]) + product.y
      let canBeZero = table[y] < 1 && zeros.x == 0
      let canBeOne = table[y] > 0 && zeros.y == 0
      isZero[y] = canBeZero || canBeOne ? 0 : 1
      message[y] =
        switch (canBeZero, canBeOne) {
        case (true, false): left[y]
        case (false, true): right[y]
        default: Self.logarithmOfSum(left[y], right[y])
        }
    }
    zero = ScaledPair(logarithms: left - message)
    one = ScaledPair(logarithms: right - message)
    isPlain = zero.isPlain && one.isPlain
    return message
  }

  private static func logarithmOfSum(_ left: Double, _ right: Double) -> Double {
    let larger = max(left, right)
    return larger + log1p(exp(min(left, right) - larger))
  }

  /// `P(z | y)` where every class below is absent, z = 0 for both y and then z = 1; 0 where that
  /// cannot be.
  var absent: SIMD4<Double> {
    var possible = ScaledPair(.one)
    if zeros.x > 0 { possible.value.x = 0 }
    if zeros.y > 0 { possible.value.y = 0 }
    return possible.mixed(zero, one).shares
  }
}
