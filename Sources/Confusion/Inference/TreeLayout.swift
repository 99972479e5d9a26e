/// The order in which inference passes through a tree.
///
/// Nodes are latents counted from 1, above all of which lies node 0, whose state is 0: several roots
/// are its children, so that trees and forests are one case. Classes are ranked depth first, so that
/// those below any node are neighbours, and a document's ranks in rising order lead through the tree
/// as a pass that enters and leaves each node once.
struct TreeLayout: Sendable {
  /// The node that each node hangs on; node 0's is itself.
  let parents: [Int]
  /// The index of each of the tree's leaves.
  let classes: [Int]
  /// The node that each of the tree's leaves hangs on.
  let leafParents: [Int]
  /// The place among the tree's leaves of each rank.
  let leaves: [Int]
  /// The rank of each of the tree's leaves.
  let ranks: [Int]
  /// How many nodes lie above the class of each rank, node 0 among them.
  let depths: Frozen<Int32>
  /// The nodes above the class of each rank, from node 0 down: ``stride`` places each.
  let paths: Frozen<Int32>
  /// The largest depth.
  let stride: Int

  init(_ tree: LatentTree) {
    parents = [0] + tree.latents.map { $0.parent.map { $0 + 1 } ?? 0 }
    classes = tree.leaves.map(\.index)
    leafParents = tree.leaves.map { $0.parent + 1 }
    let latentsBelow = ([tree.roots] + tree.children).map { $0.map { $0 + 1 } }
    var leavesBelow = [[Int]](repeating: [], count: parents.count)
    for (place, leaf) in tree.leaves.enumerated() { leavesBelow[leaf.parent + 1].append(place) }
    var leaves: [Int] = []
    var ways: [[Int32]] = []
    var pending: [[Int32]] = [[0]]
    while let way = pending.popLast() {
      let node = Int(way[way.count - 1])
      for place in leavesBelow[node] {
        leaves.append(place)
        ways.append(way)
      }
      for below in latentsBelow[node].reversed() { pending.append(way + [Int32(below)]) }
    }
    var ranks = [Int](repeating: 0, count: leaves.count)
    for (rank, place) in leaves.enumerated() { ranks[place] = rank }
    let stride = ways.map(\.count).max() ?? 1
    (self.leaves, self.ranks, self.stride) = (leaves, ranks, stride)
    depths = Frozen(ways.map { Int32($0.count) })
    paths = Frozen(ways.flatMap { $0 + Array(repeating: 0, count: stride - $0.count) })
  }

  /// The number of nodes, node 0 among them.
  var nodeCount: Int { parents.count }

  /// Fails where the layout is not that of a tree.
  func check(_ tree: LatentTree) throws(InferenceError) {
    guard parents.count == tree.latents.count + 1, classes == tree.leaves.map(\.index),
      leafParents == tree.leaves.map({ $0.parent + 1 }),
      zip(parents.dropFirst(), tree.latents).allSatisfy({ $0 == $1.parent.map { $0 + 1 } ?? 0 })
    else { throw .otherTree }
  }

  /// The nodes above the class of a rank.
  func path(_ rank: Int) -> UnsafePointer<Int32> { paths.base + rank * stride }

  /// How many nodes lie above both of two classes.
  func shared(_ first: Int, _ second: Int) -> Int {
    let (left, right) = (path(first), path(second))
    let limit = Int(min(depths[first], depths[second]))
    var depth = 1
    while depth < limit, left[depth] == right[depth] { depth += 1 }
    return depth
  }
}
