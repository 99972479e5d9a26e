internal import Tensors

/// Which slots may share memory: the views of one tensor form a group.
///
/// - Complexity: all operations together take little more than linear time, for the smaller of two
///   groups joins the larger, and members that are never read again are looked at once.
struct SharedMemory {
  private var parents: [Int: Int] = [:]
  /// The slots of each group that may still be read, by the group's number.
  private var members: [Int: [Int]] = [:]
  /// How many slots each group has.
  private var counts: [Int: Int] = [:]
  /// The groups that an operator writes to.
  private var written: Set<Int> = []

  mutating func add(_ slot: Int) {
    parents[slot] = slot
    members[slot] = [slot]
    counts[slot] = 1
  }

  func group(of slot: Int) -> Int {
    var root = slot
    while let parent = parents[root], parent != root { root = parent }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (one, other) = (group(of: a), group(of: b))
    guard one != other else { return }
    let isLarger = counts[one, default: 1] > counts[other, default: 1]
    let (from, to) = isLarger ? (other, one) : (one, other)
    parents[from] = to
    members[to, default: []] += members.removeValue(forKey: from) ?? []
    counts[to, default: 1] += counts.removeValue(forKey: from) ?? 1
    if written.remove(from) != nil { written.insert(to) }
  }

  /// Whether a slot other than `exception` that may share memory with one is still read.
  ///
  /// - Parameter isRead: What is false once stays false.
  mutating func isRead(
    around slot: Int, except exception: Int? = nil, _ isRead: (Int) -> Bool
  ) -> Bool {
    Self.isRead(&members[group(of: slot), default: []], except: exception, isRead)
  }

  private static func isRead(
    _ members: inout [Int], except exception: Int?, _ isRead: (Int) -> Bool
  ) -> Bool {
    var passed: [Int] = []
    defer { members += passed }
    while let last = members.last {
      if isRead(last) {
        if last != exception { return true }
        passed = [last]
      }
      members.removeLast()
    }
    return false
  }

  /// The slots that may share memory with one; they are not given again.
  mutating func removeMembers(around slot: Int) -> [Int] {
    members.removeValue(forKey: group(of: slot)) ?? []
  }

  mutating func write(to slot: Int) { written.insert(group(of: slot)) }

  /// For every slot whose memory is written to, the group that it shares the memory with.
  var writtenSlots: [Int: Int] {
    if written.isEmpty { return [:] }
    var slots: [Int: Int] = [:]
    for slot in parents.keys {
      let group = group(of: slot)
      if written.contains(group) { slots[slot] = group }
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
    guard let viewedArgument, let place = place(of: viewedArgument, in: arguments) else {
      return []
    }
    return arguments[place].value.slots
  }
}
