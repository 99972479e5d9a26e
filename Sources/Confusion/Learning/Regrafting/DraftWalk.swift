/// Messages through a draft, one case after another; only nodes above a case's words are touched.
///
/// With `m_i(y)` the probability, given the parent's state `y`, that nothing below node `i` is
/// present, a case changes the messages of the nodes it touches and no others; what a latent gathers
/// from its children is what they say to an empty case, times the ratio of new to old message of each
/// child that is touched.
///
/// One thread uses it at a time.
final class DraftWalk {
  typealias Table = DraftTree.Table

  let leafCount: Int
  let height: Int
  private let storage: UnsafeMutablePointer<Table>
  private let integers: UnsafeMutablePointer<Int32>
  let tables: UnsafeMutablePointer<Table>
  /// `Π m` over a latent's children, scaled so that the larger is 1.
  let absent: UnsafeMutablePointer<Table>
  /// `m`, scaled alike.
  let messages: UnsafeMutablePointer<Table>
  /// What each touched latent has gathered, for each of its states.
  let gathered: UnsafeMutablePointer<Table>
  /// What each touched latent says to its parent.
  private let said: UnsafeMutablePointer<Table>
  /// The posterior of each touched latent.
  let posteriors: UnsafeMutablePointer<Table>
  /// `P(z = 1, y | case)` of each touched latent, for both states of the parent.
  let joints: UnsafeMutablePointer<Table>
  let parents: UnsafeMutablePointer<Int32>
  private let levels: UnsafeMutablePointer<Int32>
  private let stamps: UnsafeMutablePointer<Int32>
  /// The touched latents, by level.
  private let lists: UnsafeMutablePointer<Int32>
  private let stride: Int
  /// How many latents of each level are touched.
  private let counts: UnsafeMutablePointer<Int32>
  /// The number of the case at hand, which stamps what it touches.
  private let tick: UnsafeMutablePointer<Int32>
  /// The logarithm of the probability of an empty case.
  private(set) var logarithm = 0.0
  let root: Int
  private var removed: [(node: Int, absent: Table, message: Table)] = []

  init(_ tree: DraftTree) {
    root = tree.root
    let count = tree.levels.count
    (leafCount, height) = (tree.leafCount, tree.height)
    storage = .allocate(capacity: 7 * count)
    storage.initialize(repeating: .one, count: 7 * count)
    (tables, absent, messages) = (storage, storage + count, storage + 2 * count)
    (gathered, said) = (storage + 3 * count, storage + 4 * count)
    (posteriors, joints) = (storage + 5 * count, storage + 6 * count)
    stride = count
    integers = .allocate(capacity: (3 + height) * count + height + 1)
    integers.initialize(repeating: 0, count: (3 + height) * count + height + 1)
    (parents, levels, stamps) = (integers, integers + count, integers + 2 * count)
    lists = integers + 3 * count
    counts = lists + height * count
    tick = counts + height
    for node in 0..<count {
      tables[node] = tree.tables[node]
      parents[node] = Int32(tree.parents[node])
      levels[node] = Int32(tree.levels[node])
    }
    fill(tree.latents)
  }

  deinit {
    storage.deallocate()
    integers.deallocate()
  }

  /// The messages to an empty case.
  private func fill(_ latents: [[Int]]) {
    for leaf in 0..<leafCount {
      messages[leaf] = 1 - tables[leaf]
      absent[Int(parents[leaf])] *= messages[leaf]
    }
    for level in latents {
      for node in level {
        let largest = absent[node].max()
        absent[node] /= largest
        logarithm += logarithm(of: largest)
        messages[node] = message(node, absent[node])
        if node != root { absent[Int(parents[node])] *= messages[node] }
      }
    }
    logarithm += logarithm(of: messages[root][0])
  }

  private func logarithm(of value: Double) -> Double { Confusion.logarithm(value) }

  @inline(__always)
  private func message(_ node: Int, _ below: Table) -> Table {
    (1 - tables[node]) * below[0] + tables[node] * below[1]
  }

  /// The latents of a level that the last case touches.
  func touched(atLevel level: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: lists + (level - 1) * stride, count: Int(counts[level - 1]))
  }

  /// Whether the last case touches a latent.
  @inline(__always) func isTouched(_ node: Int) -> Bool { stamps[node] == tick.pointee }

  @inline(__always)
  private func touch(_ node: Int) {
    guard stamps[node] != tick.pointee else { return }
    stamps[node] = tick.pointee
    gathered[node] = absent[node]
    let level = Int(levels[node]) - 1
    lists[level * stride + Int(counts[level])] = Int32(node)
    counts[level] += 1
  }

  /// Carries messages up to a level.
  func climb(_ words: UnsafeBufferPointer<Int32>, toLevel top: Int) {
    tick.pointee += 1
    for level in 0..<height { counts[level] = 0 }
    for word in words {
      let leaf = Int(word)
      let parent = Int(parents[leaf])
      touch(parent)
      gathered[parent] *= tables[leaf] / messages[leaf]
    }
    for level in 0..<top {
      for place in 0..<Int(counts[level]) {
        let node = Int(lists[level * stride + place])
        said[node] = message(node, gathered[node])
        guard level + 1 < top else { continue }
        let parent = Int(parents[node])
        touch(parent)
        gathered[parent] *= said[node] / messages[node]
      }
    }
  }

  /// The log-likelihood of the case that messages were carried to the root for.
  var logLikelihood: Double {
    isTouched(root)
      ? logarithm + logarithm(of: said[root][0] / messages[root][0]) : logarithm
  }

  /// The posteriors of touched latents, from the root down to a level.
  func descend(toLevel bottom: Int) {
    for level in (bottom - 1..<height).reversed() {
      for place in 0..<Int(counts[level]) {
        let node = Int(lists[level * stride + place])
        let above: Table = node == root ? [1, 0] : posteriors[Int(parents[node])]
        let ratio = above / said[node]
        let joint = ratio * tables[node] * gathered[node][1]
        joints[node] = joint
        let one = joint[0] + joint[1]
        let rest = ratio * (1 - tables[node]) * gathered[node][0]
        posteriors[node] = [rest[0] + rest[1], one]
      }
    }
  }

  /// The posterior of the root; after ``descend(toLevel:)``.
  var rootPosterior: Table {
    if isTouched(root) { return posteriors[root] }
    let joint = Table(1 - tables[root][0], tables[root][0]) * absent[root]
    return joint / (joint[0] + joint[1])
  }

  /// Takes a node out of the tree until ``restore()``.
  func remove(_ node: Int) {
    var below = node
    var place = Int(parents[node])
    var (before, after) = (messages[node], Table.one)
    while place >= 0 {
      removed.append((place, absent[place], messages[place]))
      absent[place] *= after / before
      (before, after) = (messages[place], message(place, absent[place]))
      messages[place] = after
      below = place
      place = Int(parents[below])
    }
  }

  /// Puts back what ``remove(_:)`` took out.
  func restore() {
    for item in removed { (absent[item.node], messages[item.node]) = (item.absent, item.message) }
    removed.removeAll(keepingCapacity: true)
  }
}
