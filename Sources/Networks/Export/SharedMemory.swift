internal import Tensors

/// Which slots may share memory: the views of one tensor form a group.
struct SharedMemory {
  private var parents: [Int: Int] = [:]
  /// The slots of each group, by the group's number; the smaller joins the larger.
  private var members: [Int: [Int]] = [:]
  /// The groups that an operator writes to.
  private var written: Set<Int> = []

  mutating func add(_ slot: Int) {
    parents[slot] = slot
    members[slot] = [slot]
  }

  func group(of slot: Int) -> Int {
    var root = slot
    while let parent = parents[root], parent != root { root = parent }
    return root
  }

  /// All slots that may share memory with one, itself among them.
  func group(around slot: Int) -> [Int] { members[group(of: slot), default: [slot]] }

  mutating func join(_ a: Int, _ b: Int) {
    let (one, other) = (group(of: a), group(of: b))
    guard one != other else { return }
    let isLarger = members[one, default: []].count > members[other, default: []].count
    let (from, to) = isLarger ? (other, one) : (one, other)
    parents[from] = to
    members[to, default: []] += members.removeValue(forKey: from) ?? []
    if written.remove(from) != nil { written.insert(to) }
  }

  mutating func write(to slot: Int) { written.insert(group(of: slot)) }

  /// For every slot whose memory is written to, the group that it shares the memory with.
  var writtenSlots: [Int: Int] {
    var slots: [Int: Int] = [:]
    for slot in parents.keys where written.contains(group(of: slot)) {
      slots[slot] = group(of: slot)
    }
    return slots
  }
}

extension Operator {
  /// Operators that may give their argument itself, or a view of it, though no schema says so.
  private static let silentViews: Set<String> = [
    "aten::dropout", "aten::feature_dropout", "aten::alpha_dropout", "aten::feature_alpha_dropout",
    "aten::type_as", "aten::einsum", "aten::broadcast_tensors", "aten::meshgrid",
    "aten::meshgrid.indexing", "aten::pixel_shuffle", "aten::pixel_unshuffle",
    "aten::channel_shuffle", "aten::_unsafe_view", "aten::_reshape_alias", "aten::atleast_1d",
    "aten::atleast_2d", "aten::atleast_3d",
  ]

  /// The slots whose memory the results may share.
  func sharedSlots(_ arguments: [(name: String, value: NodeArgument)]) -> [Int] {
    if Self.silentViews.contains(name) { return arguments.flatMap(\.value.slots) }
    guard let viewedArgument, arguments.indices.contains(viewedArgument) else { return [] }
    return arguments[viewedArgument].value.slots
  }
}
