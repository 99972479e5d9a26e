internal import Tensors

/// Turns operators that write to their arguments (`add_`) into their pure twins (`add`).
///
/// Whatever reads the argument later reads the twin's result instead. Where the memory is shared with
/// a view that is still read, the operator keeps writing, and the program remembers which slots share
/// the memory. ``Program/checkInvariants()`` says what has to hold afterwards.
struct Purification {
  private(set) var slots: [Slot]
  private var memory = SharedMemory()
  /// What reads of a slot mean by now, where that is another one.
  private var meanings: [Int: Int] = [:]
  /// The last node that reads what a slot means; -1 where none does.
  private var lastReads: [Int]
  private var operators: OperatorCache

  /// - Parameters:
  ///   - nodes: In order, each result in a slot of its own.
  ///   - returned: The slots that are read after all nodes.
  init(_ nodes: [Node], slots: [Slot], returned: [Int], _ operators: OperatorCache) {
    (self.slots, self.operators) = (slots, operators)
    lastReads = [Int](repeating: -1, count: slots.count)
    for (index, node) in nodes.enumerated() {
      for slot in node.arguments.flatMap(\.value.slots) { lastReads[slot] = index }
    }
    for slot in returned { lastReads[slot] = nodes.count }
    for slot in slots.indices { memory.add(slot) }
  }

  /// For every slot whose memory is written to, a number that slots with shared memory have in
  /// common.
  var written: [Int: Int] { memory.writtenSlots }

  /// What a slot means behind the nodes that were seen to.
  mutating func meaning(of slot: Int) -> Int {
    var found = slot
    while let next = meanings[found] { found = next }
    // The next time it takes one step.
    if found != slot { meanings[slot] = found }
    return found
  }

  /// What a node becomes: nothing where nobody reads what it writes, else one node or two.
  mutating func nodes(for node: Node, at index: Int) throws(NetworkError) -> [Node] {
    var node = node
    for i in node.arguments.indices {
      let value = node.arguments[i].value
      let meant = value.slots.filter { meanings[$0] != nil }.map { ($0, meaning(of: $0)) }
      if meant.isEmpty { continue }
      node.arguments[i].value = value.redirected(
        Dictionary(meant, uniquingKeysWith: { first, _ in first }))
    }
    guard case .tensor(let called) = node.operation else { return [node] }
    if let argument = called.writtenPlace(in: node.arguments),
      case .slot(let target) = node.arguments[argument].value
    {
      if !isRead(target, after: index), !node.results.contains(where: { isRead($0, index) }) {
        return []
      }
      settle(&node, called, target, argument, at: index)
    }
    guard case .tensor(let settled) = node.operation else { return [node] }
    for base in settled.sharedSlots(node.arguments) {
      for slot in node.results.flatMap(\.slots) { memory.join(slot, base) }
    }
    let isCopy = settled.name == "aten::copy" && !node.arguments.isEmpty
    return isCopy ? try differentiable(copy: node) : [node]
  }

  /// `copy(to, from)` has no derivative in libtorch; writing `from` to a clone of `to` has.
  private mutating func differentiable(copy: Node) throws(NetworkError) -> [Node] {
    var (clone, write) = (copy, copy)
    // What is written over passes nothing on: its clone has no type that gradients flow through.
    let result = copy.results.first?.slots.first.map { slots[$0] } ?? .unknown
    let place = newSlot(like: result)
    clone.name = copy.name + "_clone"
    clone.operation = .tensor(try operators.find("aten::clone", at: copy.name))
    clone.arguments = Array(copy.arguments.prefix(1))
    clone.results = [.slot(place)]
    (clone.typedAs, clone.supersedes) = (nil, nil)
    write.operation = .tensor(try operators.find("aten::copy_", at: copy.name))
    write.arguments[0].value = .slot(place)
    return [clone, write]
  }

  /// Settles what an operator that writes to its argument becomes.
  private mutating func settle(
    _ node: inout Node, _ called: Operator, _ target: Int, _ argument: Int, at index: Int
  ) {
    if let slot = node.results.first?.slots.first,
      let twin = twin(of: called, target, node.isRecorded, at: index)
    {
      if mayPromote(node, to: target) { node.typedAs = argument }
      node.operation = .tensor(twin)
      // `dropout_` calls it `self`, and `dropout` calls it `input`.
      node.arguments[0].name = ""
      node.supersedes = target
      redirect(from: target, to: slot)
      return
    }
    node.written = target
    for slot in node.results.flatMap(\.slots) { memory.join(slot, target) }
    memory.write(to: target)
  }

  /// The pure operator that does the same, where nothing tells the two apart.
  private mutating func twin(
    of called: Operator, _ target: Int, _ isRecorded: Bool, at index: Int
  ) -> Operator? {
    guard let name = Self.pureName(called.name), let twin = try? operators.find(name, at: ""),
      twin.writtenArgument == nil
    else { return nil }
    // It changes only how the memory is looked at (`transpose_`).
    if twin.viewedArgument != nil { return twin }
    // Without recording, the gradient passes what is written by; a twin would stop it.
    guard isRecorded else { return nil }
    let lastReads = lastReads
    let isReadElsewhere = memory.isRead(around: target, except: target) { lastReads[$0] > index }
    return isReadElsewhere ? nil : twin
  }

  /// Whether the pure twin may give numbers of another type than those that it stands for.
  private func mayPromote(_ node: Node, to target: Int) -> Bool {
    guard let type = slots[target].type, type.isFloating,
      let base = node.baseName.split(separator: ":").last,
      !Self.comparisons.contains(String(base))
    else { return true }
    return node.arguments.flatMap(\.value.slots).contains { slot in
      if case .tensor(let other, _) = slots[slot] { other != type } else { false }
    }
  }

  private static let comparisons: Set<String> = [
    "eq_", "ne_", "lt_", "le_", "gt_", "ge_", "not_equal_", "less_", "less_equal_", "greater_",
    "greater_equal_", "logical_and_", "logical_or_", "logical_xor_", "logical_not_",
  ]

  private mutating func newSlot(like slot: Slot) -> Int {
    if case .tensor(_, let lengths) = slot {
      slots.append(.tensor(nil, lengths))
    } else {
      slots.append(slot)
    }
    lastReads.append(-1)
    memory.add(slots.count - 1)
    return slots.count - 1
  }

  private func isRead(_ result: NodeResult, _ index: Int) -> Bool {
    result.slots.contains { lastReads[$0] > index }
  }

  private mutating func isRead(_ target: Int, after index: Int) -> Bool {
    let lastReads = lastReads
    return memory.isRead(around: target) { lastReads[$0] > index }
  }

  private mutating func redirect(from old: Int, to new: Int) {
    meanings[old] = new
    lastReads[new] = max(lastReads[new], lastReads[old])
    lastReads[old] = -1
  }

  /// `aten::add_.Tensor` → `aten::add.Tensor`; `nil` for an operator without such a twin.
  private static func pureName(_ name: String) -> String? {
    var parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts[0].hasSuffix("_"), parts[0] != "aten::copy_" else { return nil }
    parts[0].removeLast()
    return parts.joined(separator: ".")
  }
}
