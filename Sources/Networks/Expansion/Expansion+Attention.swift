internal import Tensors

extension Expansion {
  /// An attention as one call, written out.
  ///
  ///     softmax(s Q Kᵀ + M) V,   s = 1/√E where none is given
  ///
  /// Grouped queries repeat keys and values; a causal attention's mask is minus infinity above the
  /// diagonal.
  mutating func expandAttention(_ node: Node) throws(TensorError) -> Bool {
    guard case .slot(let result)? = node.results.first, let call = AttentionCall(node),
      let query = lengths(call.query), let key = lengths(call.key), let value = lengths(call.value),
      let shape = lengths(result), query.count >= 2, query.count == key.count,
      key.count == value.count, let width = query.last?.fixed, width > 0,
      // What else the call gives, nobody may read.
      node.results.dropFirst().allSatisfy({ $0.slots.allSatisfy { !isRead($0) } })
    else { return false }
    let type = type(result)
    let repeats = call.isGrouped ? repetitions(query, key) : 1
    guard let repeats, let masked = maskTypes(call.mask) else { return false }
    let rows = query.count - 2
    // A causal mask is made here, and so its lengths have to be known.
    if call.isCausal, query[rows].fixed == nil || key[rows].fixed == nil { return false }

    var (keys, values) = (call.key, call.value)
    if repeats != 1 {
      let arguments: (Int) -> [NodeArgument] = { [.slot($0), .int(repeats), .int(-3)] }
      let heads = Array(query.prefix(rows))
      keys = try self.call(
        "repeat_interleave", "self_int", arguments(keys), lengths: heads + key.suffix(2),
        typed: type)
      values = try self.call(
        "repeat_interleave", "self_int", arguments(values), lengths: heads + value.suffix(2),
        typed: type)
    }
    let turned = try self.call(
      "transpose", "int", [.slot(keys), .int(-2), .int(-1)],
      lengths: Array(shape.prefix(rows)) + [key[rows + 1], key[rows]], typed: type)
    let square = Array(shape.prefix(rows)) + [query[rows], key[rows]]
    var scores = try self.call(
      "matmul", "", [.slot(call.query), .slot(turned)], lengths: square, typed: type)
    let scale = call.scale ?? .double(1 / Double(width).squareRoot())
    scores = try self.call("mul", "Scalar", [.slot(scores), scale], lengths: square, typed: type)
    scores = try add(call, to: scores, square, type, masked)
    let isMasked = call.mask != nil
    let weights = try self.call(
      isMasked ? "_safe_softmax" : "softmax", isMasked ? "" : "int", [.slot(scores), .int(-1)],
      lengths: square, typed: type)
    _ = try self.call(
      "matmul", "", [.slot(weights), .slot(values)], lengths: shape, typed: type, into: result)
    return true
  }

  private enum MaskType {
    case none
    case kept
    case added
  }

  /// What a mask holds; `nil` where the network does not say.
  private func maskTypes(_ mask: Int?) -> MaskType? {
    guard let mask else { return MaskType.none }
    guard let type = type(mask) else { return nil }
    return type == .bool ? .kept : .added
  }

  private mutating func add(
    _ call: AttentionCall, to scores: Int, _ square: [Length], _ type: ElementType?,
    _ masked: MaskType
  ) throws(TensorError) -> Int {
    var scores = scores
    let infinity = NodeArgument.double(-.infinity)
    if let mask = call.mask, masked == .kept {
      let hidden = try self.call(
        "logical_not", "", [.slot(mask)], lengths: lengths(mask) ?? square, typed: .bool)
      scores = try self.call(
        "masked_fill", "Scalar", [.slot(scores), .slot(hidden), infinity], lengths: square,
        typed: type)
    } else if let mask = call.mask {
      scores = try self.call(
        "add", "Tensor", [.slot(scores), .slot(mask)], lengths: square, typed: type)
    }
    let places = square.suffix(2).compactMap(\.fixed)
    if call.isCausal, places.count == 2 {
      let numbers = (0..<places[0]).flatMap { row in
        (0..<places[1]).map { Float($0 > row ? 1 : 0) }
      }
      let hidden = constant(
        try Tensor(numbers, shape: places).converted(to: .bool)
          .on(program.weights.first?.tensor.device ?? .cpu), "causal mask")
      scores = try self.call(
        "masked_fill", "Scalar", [.slot(scores), .slot(hidden), infinity], lengths: square,
        typed: type)
    }
    return scores
  }

  /// How many queries share a key; `nil` where the heads are not declared.
  private func repetitions(_ query: [Length], _ key: [Length]) -> Int? {
    guard query.count >= 3, let heads = query[query.count - 3].fixed,
      let groups = key[key.count - 3].fixed, groups > 0, heads % groups == 0
    else { return nil }
    return heads / groups
  }

  private func isRead(_ slot: Int) -> Bool {
    program.returned.contains(slot)
      || program.nodes.contains { $0.arguments.contains { $0.value.slots.contains(slot) } }
  }
}

/// The arguments of an attention.
private struct AttentionCall {
  let query: Int
  let key: Int
  let value: Int
  let mask: Int?
  let isCausal: Bool
  let scale: NodeArgument?
  let isGrouped: Bool

  init?(_ node: Node) {
    guard let query = node.slot(0, "query"), let key = node.slot(1, "key"),
      let value = node.slot(2, "value")
    else { return nil }
    (self.query, self.key, self.value) = (query, key, value)
    let isPlain = node.baseName == "aten::scaled_dot_product_attention"
    func isTrue(_ position: Int, _ name: String) -> Bool {
      if case .constant(.bool(true))? = node.argument(position, name) { true } else { false }
    }
    mask = node.slot(isPlain ? 3 : .max, "attn_mask")
    isCausal = isTrue(isPlain ? 5 : 4, "is_causal")
    isGrouped = isPlain && isTrue(7, "enable_gqa")
    let given = node.argument(isPlain ? 6 : .max, "scale")
    scale = given.flatMap { $0.isNone ? nil : $0 }
  }
}
