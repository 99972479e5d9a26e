/// Messages through a draft, one case after another; only latents above a case's words are touched.
///
/// With `m_i(y)` the probability, given the parent's state `y`, that nothing below node `i` is
/// present, a case changes the messages of the nodes it touches and no others; what a latent gathers
/// from its children is what they say to an empty case, times the ratio of new to old message of each
/// child that is touched.
///
/// One thread uses it at a time.
final class DraftMessagePass {
  typealias Table = DraftTree.Table

  /// A node and what is known of it.
  struct Node: BitwiseCopyable {
    /// `P(1 | parent)`.
    var table: Table
    /// `Π m` over a latent's children, scaled so that the larger is 1.
    var absent = Table.one
    /// `m`, scaled alike.
    var message = Table.one
    /// What a touched latent has gathered, for each of its states; of a leaf the ratio of being
    /// present to being absent, for each state of its parent.
    var gathered = Table.one
    /// What a touched latent says to its parent.
    var said = Table.one
    /// The posterior of a touched latent.
    var posterior = Table.zero
    /// `P(z = 1, y | case)` of a touched latent, for both states of its parent.
    var joint = Table.zero
    var parent: Int32
    var level: Int32
    /// The case that touched it last.
    var stamp: Int32 = 0
  }

  let nodes: UnsafeMutablePointer<Node>
  let root: Int
  let height: Int
  private let leafCount: Int
  private let stride: Int
  /// The touched latents of each level, ``stride`` places a level.
  private let lists: UnsafeMutablePointer<Int32>
  /// How many latents of each level are touched, and last the number of the case at hand.
  private let counts: UnsafeMutablePointer<Int32>
  /// The logarithm of the probability of an empty case.
  private var emptyLogarithm = 0.0
  private var removed: [(node: Int, absent: Table, message: Table)] = []

  init(_ tree: DraftTree) {
    (leafCount, height, root) = (tree.leafCount, tree.height, tree.root)
    stride = tree.levels.count - tree.leafCount
    nodes = .allocate(capacity: tree.levels.count)
    for place in tree.levels.indices {
      (nodes + place).initialize(
        to: Node(
          table: tree.tables[place], parent: Int32(tree.parents[place]),
          level: Int32(tree.levels[place])))
    }
    lists = .allocate(capacity: height * stride + height + 1)
    counts = lists + height * stride
    counts.initialize(repeating: 0, count: height + 1)
    fill(tree.latents)
  }

  deinit {
    nodes.deallocate()
    lists.deallocate()
  }

  /// The messages to an empty case.
  private func fill(_ latents: [[Int]]) {
    for leaf in 0..<leafCount {
      let table = nodes[leaf].table
      nodes[leaf].message = 1 - table
      nodes[leaf].gathered = table / (1 - table)
      nodes[Int(nodes[leaf].parent)].absent *= 1 - table
    }
    for node in latents.joined() {
      let largest = nodes[node].absent.max()
      nodes[node].absent /= largest
      nodes[node].message = message(nodes[node].table, nodes[node].absent)
      emptyLogarithm += logarithm(largest)
      if node != root { nodes[Int(nodes[node].parent)].absent *= nodes[node].message }
    }
    emptyLogarithm += logarithm(nodes[root].message[0])
  }

  /// `Σ_z P(z | y) b(z)` for both states y of the parent.
  @inline(__always)
  private func message(_ table: Table, _ below: Table) -> Table {
    below[0] + table * (below[1] - below[0])
  }

  /// The latents of a level that the last case touches.
  func touched(atLevel level: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: lists + (level - 1) * stride, count: Int(counts[level - 1]))
  }

  /// Whether the last case touches a latent.
  @inline(__always) func isTouched(_ node: Int) -> Bool { nodes[node].stamp == counts[height] }

  @inline(__always)
  private func multiply(_ place: Int32, by ratio: Table, stamp: Int32) {
    let node = nodes + Int(place)
    if node.pointee.stamp == stamp {
      node.pointee.gathered *= ratio
      return
    }
    node.pointee.stamp = stamp
    node.pointee.gathered = node.pointee.absent * ratio
    let level = Int(node.pointee.level) - 1
    lists[level * stride + Int(counts[level])] = place
    counts[level] += 1
  }

  /// Carries messages up to a level.
  func climb(_ words: UnsafeBufferPointer<Int32>, toLevel top: Int) {
    let stamp = counts[height] &+ 1
    counts[height] = stamp
    for level in 0..<height { counts[level] = 0 }
    for word in words {
      let leaf = nodes + Int(word)
      multiply(leaf.pointee.parent, by: leaf.pointee.gathered, stamp: stamp)
    }
    for level in 0..<top {
      let list = lists + level * stride
      for place in 0..<Int(counts[level]) {
        let node = nodes + Int(list[place])
        let said = message(node.pointee.table, node.pointee.gathered)
        node.pointee.said = said
        if level + 1 < top {
          multiply(node.pointee.parent, by: said / node.pointee.message, stamp: stamp)
        }
      }
    }
  }

  /// The log-likelihood of the case that messages were carried to the root for.
  var logLikelihood: Double {
    guard isTouched(root) else { return emptyLogarithm }
    return emptyLogarithm + logarithm(nodes[root].said[0] / nodes[root].message[0])
  }

  /// The posteriors of touched latents, from the root down to a level.
  func descend(toLevel bottom: Int) {
    for level in (bottom - 1..<height).reversed() {
      let list = lists + level * stride
      for place in 0..<Int(counts[level]) {
        let node = nodes + Int(list[place])
        let parent = Int(node.pointee.parent)
        let above = parent < 0 ? Table(1, 0) : nodes[parent].posterior
        let ratio = above / node.pointee.said
        let joint = ratio * node.pointee.table * node.pointee.gathered[1]
        let rest = ratio * (1 - node.pointee.table) * node.pointee.gathered[0]
        node.pointee.joint = joint
        node.pointee.posterior = Table(rest[0] + rest[1], joint[0] + joint[1])
      }
    }
  }

  /// `P(root = 1 | case)`, after ``descend(toLevel:)``.
  var rootPosterior: Double {
    if isTouched(root) { return nodes[root].posterior[1] }
    let share = nodes[root].table[0]
    let joint = Table(1 - share, share) * nodes[root].absent
    return joint[1] / (joint[0] + joint[1])
  }

  /// `P(z = 1 | y, nothing below it)` of a latent.
  @inline(__always) func idle(_ node: Int) -> Table {
    nodes[node].table * nodes[node].absent[1] / nodes[node].message
  }

  /// Takes a node out of the tree until ``restore()``.
  func remove(_ node: Int) {
    var place = Int(nodes[node].parent)
    var (before, after) = (nodes[node].message, Table.one)
    while place >= 0 {
      removed.append((place, nodes[place].absent, nodes[place].message))
      nodes[place].absent *= after / before
      (before, after) = (nodes[place].message, message(nodes[place].table, nodes[place].absent))
      nodes[place].message = after
      place = Int(nodes[place].parent)
    }
  }

  /// Puts back what ``remove(_:)`` took out.
  func restore() {
    for item in removed {
      (nodes[item.node].absent, nodes[item.node].message) = (item.absent, item.message)
    }
    removed.removeAll(keepingCapacity: true)
  }
}
