/// Memory for carrying messages through a tree, one document after another.
///
/// A document's ranks lead through the nodes above its classes, depth first; only these nodes are
/// visited. On leaving a node its message, relative to what it says to an empty document, multiplies
/// what its parent has gathered. The steps are kept, so that ``collect(weight:into:)`` can
/// go back along them from node 0 down.
struct MessagePass: ~Copyable {
  /// A class that was read, or a node that was left.
  struct Step: BitwiseCopyable {
    /// A node, or `-1 - rank`.
    var item: Int32
    /// How many nodes lie above it.
    var depth: Int32
    /// `P(z | y, document)` of a node: z = 0 for both states y of the parent, then z = 1.
    var shares: SIMD4<Double>
  }

  private let layout: TreeLayout
  private let base: AbsenceMessages
  private let nodes: UnsafePointer<AbsenceMessages.Node>
  private let words: UnsafePointer<AbsenceMessages.Word>
  /// By depth: what the children of the node there have said so far, and its factors of 0.
  private let gathered: UnsafeMutablePointer<ScaledPair>
  private let zeros: UnsafeMutablePointer<SIMD2<Int32>>
  private let way: UnsafeMutablePointer<Int32>
  /// By depth: the posterior of the node there, twice.
  private let posteriors: UnsafeMutablePointer<SIMD4<Double>>
  private let steps: UnsafeMutablePointer<Step>
  private var stepCount = 0

  init(_ layout: TreeLayout, _ base: AbsenceMessages) {
    (self.layout, self.base) = (layout, base)
    (nodes, words) = (base.nodes.base, base.words.base)
    gathered = .allocate(capacity: layout.stride)
    zeros = .allocate(capacity: layout.stride)
    way = .allocate(capacity: layout.stride)
    posteriors = .allocate(capacity: layout.stride)
    steps = .allocate(capacity: layout.nodeCount + layout.leaves.count)
  }

  deinit {
    gathered.deallocate()
    zeros.deallocate()
    way.deallocate()
    posteriors.deallocate()
    steps.deallocate()
  }

  /// The log-likelihood of a document: exactly the classes of these ranks are present.
  ///
  /// - Parameter shared: For each rank the number of nodes above both it and the one before.
  mutating func logLikelihood(
    _ ranks: UnsafeBufferPointer<Int32>, shared: UnsafePointer<UInt8>
  ) -> Double {
    stepCount = 0
    enter(0, at: 0)
    var depth = 1
    for index in 0..<ranks.count {
      let rank = Int(ranks[index])
      if index > 0 {
        let common = Int(shared[index])
        while depth > common {
          depth -= 1
          leave(at: depth)
        }
      }
      let path = layout.path(rank)
      let end = Int(layout.depths[rank])
      while depth < end {
        enter(path[depth], at: depth)
        depth += 1
      }
      read(rank, at: depth)
    }
    while depth > 1 {
      depth -= 1
      leave(at: depth)
    }
    if base.hasZeros, zeros[0].x > 0 { return -.infinity }
    return base.logarithm + gathered[0].firstLogarithm
  }

  @inline(__always)
  private func enter(_ node: Int32, at depth: Int) {
    way[depth] = node
    gathered[depth] = ScaledPair(.one)
    if base.hasZeros { zeros[depth] = nodes[Int(node)].zeros }
  }

  @inline(__always)
  private mutating func read(_ rank: Int, at depth: Int) {
    gathered[depth - 1].multiply(by: words[rank].ratio)
    if base.hasZeros { zeros[depth - 1] &-= words[rank].isZero }
    steps[stepCount] = Step(item: -1 - Int32(rank), depth: Int32(depth), shares: .zero)
    stepCount += 1
  }

  @inline(__always)
  private mutating func leave(at depth: Int) {
    let item = way[depth]
    let node = nodes + Int(item)
    if base.hasZeros {
      if zeros[depth].x > 0 { gathered[depth].value.x = 0 }
      if zeros[depth].y > 0 { gathered[depth].value.y = 0 }
      zeros[depth - 1] &-= node.pointee.isZero
    }
    let own = gathered[depth]
    var shares: SIMD4<Double>
    if own.isPlain, node.pointee.isPlain {
      let left = node.pointee.zero.value * own.value.x
      let right = node.pointee.one.value * own.value.y
      let sum = left + right
      gathered[depth - 1].multiply(by: sum)
      shares = SIMD4(lowHalf: left / sum, highHalf: right / sum)
      if sum.x == 0 || sum.y == 0 { shares.replace(with: 0, where: shares .!= shares) }
    } else {
      let mixed = own.mixed(node.pointee.zero, node.pointee.one)
      gathered[depth - 1].multiplySlowly(by: mixed.sum)
      shares = mixed.shares
    }
    steps[stepCount] = Step(item: item, depth: Int32(depth), shares: shares)
    stepCount += 1
  }

  /// Adds what the last document says about each node that it touches to the expected counts.
  ///
  /// `P(z, y | document) = P(z | y, document) P(y | document)`, from node 0 down.
  func collect(
    weight: Double, nodes: UnsafeMutablePointer<SIMD4<Double>>,
    words: UnsafeMutablePointer<SIMD2<Double>>
  ) {
    posteriors[0] = SIMD4(weight, 0, weight, 0)
    var index = stepCount
    while index > 0 {
      index -= 1
      let step = steps + index
      let depth = Int(step.pointee.depth)
      let parent = posteriors[depth - 1]
      let item = Int(step.pointee.item)
      if item < 0 {
        words[-1 - item] += parent.lowHalf
      } else {
        let joint = parent * step.pointee.shares
        nodes[item] += joint
        let (zero, one) = (joint.x + joint.y, joint.z + joint.w)
        posteriors[depth] = SIMD4(zero, one, zero, one)
      }
    }
  }
}
