internal import Tensors

extension Expansion {
  /// A recurrent layer, written out step by step; one whose number of steps is open stays.
  ///
  /// GRU: `r = σ(a_r + b_r)`, `z = σ(a_z + b_z)`, `n = tanh(a_n + r b_n)`, `h′ = (1 − z) n + z h`, with
  /// `a = W x + c` and `b = U h + d`. LSTM: `c′ = σ(f) c + σ(i) tanh g`, `h′ = σ(o) tanh c′`, with `a + b` in
  /// four parts i, f, g, o. A plain layer: `h′ = tanh(a + b)`, or ReLU of it.
  mutating func expandRecurrence(_ node: Node) throws(TensorError) -> Bool {
    guard let layer = RecurrentCall(node), let shape = lengths(layer.input), shape.count == 3,
      let output = node.results.first?.slots.first, let size = lengths(output)?.last?.fixed,
      let steps = shape[layer.isBatchFirst ? 1 : 0].fixed, steps > 0
    else { return false }
    let directions = layer.isBidirectional ? 2 : 1
    guard layer.parameters.count == layer.layerCount * directions * layer.parametersPerCell else {
      return false
    }
    var cell = RecurrentCell(
      kind: layer.kind, width: size / directions,
      batch: shape[layer.isBatchFirst ? 0 : 1], type: type(output))
    let time = layer.isBatchFirst ? 1 : 0
    var (sequence, lasts) = (layer.input, [[Int]]())
    for index in 0..<layer.layerCount {
      var rows = [[Int]](repeating: [], count: steps)
      for direction in 0..<directions {
        let place = index * directions + direction
        let start = place * layer.parametersPerCell
        cell.weights = Array(layer.parameters[start..<start + layer.parametersPerCell])
        var state = try layer.states.map { (slot) throws(TensorError) in
          try call(
            "select", "int", [.slot(slot), .int(0), .int(place)], lengths: cell.shape,
            typed: cell.type)
        }
        let inputs = try cell.product(of: sequence, 0, lengths: Array(shape.prefix(2)), in: &self)
        for step in direction == 0 ? Array(0..<steps) : (0..<steps).reversed() {
          let read = try call(
            "select", "int", [.slot(inputs), .int(time), .int(step)], lengths: cell.wide,
            typed: cell.type)
          state = try cell.next(read, state, in: &self)
          rows[step].append(state[0])
        }
        lasts.append(state)
      }
      let isLast = index == layer.layerCount - 1
      let joined = try rows.map { (parts) throws(TensorError) in
        try parts.count == 1
          ? parts[0] : join(parts, "cat", -1, lengths(output) ?? shape, cell.type)
      }
      sequence = try join(
        joined, "stack", time, lengths(output) ?? shape, cell.type, into: isLast ? output : nil)
    }
    for (place, result) in node.results.dropFirst().enumerated() {
      guard let slot = result.slots.first else { continue }
      _ = try join(lasts.map { $0[place] }, "stack", 0, lengths(slot) ?? [], cell.type, into: slot)
    }
    return true
  }

  private mutating func join(
    _ parts: [Int], _ operation: String, _ axis: Int, _ shape: [Length], _ type: ElementType?,
    into result: Int? = nil
  ) throws(TensorError) -> Int {
    try call(
      operation, "", [.tensors(parts), .int(axis)], lengths: shape, typed: type, into: result)
  }
}

/// One cell of a recurrent layer.
private struct RecurrentCell {
  let kind: RecurrentCall.Kind
  let width: Int
  let batch: Length
  let type: ElementType?
  /// W, U and maybe their biases.
  var weights: [Int] = []

  /// The shape of a state.
  var shape: [Length] { [batch, .fixed(width)] }
  /// The shape of all parts of a product.
  var wide: [Length] { [batch, .fixed(width * kind.partCount)] }

  /// `W x + c`, or `U h + d` for the second matrix.
  func product(
    of slot: Int, _ matrix: Int, lengths: [Length], in expansion: inout Expansion
  ) throws(TensorError) -> Int {
    let bias = weights.count > 2 ? [NodeArgument.slot(weights[matrix + 2])] : []
    return try expansion.call(
      "linear", "", [.slot(slot), .slot(weights[matrix])] + bias,
      lengths: lengths + [.fixed(width * kind.partCount)], typed: type)
  }

  func next(
    _ read: Int, _ state: [Int], in expansion: inout Expansion
  ) throws(TensorError) -> [Int] {
    let own = try product(of: state[0], 1, lengths: [batch], in: &expansion)
    func part(_ slot: Int, _ index: Int) throws(TensorError) -> Int {
      try expansion.call(
        "slice", "Tensor",
        [.slot(slot), .int(1), .int(index * width), .int((index + 1) * width)], lengths: shape,
        typed: type)
    }
    func pair(_ operation: String, _ a: Int, _ b: Int) throws(TensorError) -> Int {
      try expansion.call(
        operation, "Tensor", [.slot(a), .slot(b)], lengths: shape, typed: type)
    }
    func one(_ operation: String, _ a: Int) throws(TensorError) -> Int {
      try expansion.call(operation, "", [.slot(a)], lengths: shape, typed: type)
    }
    switch kind {
    case .gru:
      let reset = try one("sigmoid", pair("add", part(read, 0), part(own, 0)))
      let kept = try one("sigmoid", pair("add", part(read, 1), part(own, 1)))
      let new = try one("tanh", pair("add", part(read, 2), pair("mul", reset, part(own, 2))))
      let opened = try expansion.call(
        "rsub", "Scalar", [.slot(kept), .double(1)], lengths: shape, typed: type)
      return [try pair("add", pair("mul", opened, new), pair("mul", kept, state[0]))]
    case .lstm:
      let sums = try expansion.call(
        "add", "Tensor", [.slot(read), .slot(own)], lengths: wide, typed: type)
      let added = try pair("mul", one("sigmoid", part(sums, 0)), one("tanh", part(sums, 2)))
      let kept = try pair("mul", one("sigmoid", part(sums, 1)), state[1])
      let cell = try pair("add", kept, added)
      return [try pair("mul", one("sigmoid", part(sums, 3)), one("tanh", cell)), cell]
    case .tanh: return [try one("tanh", pair("add", read, own))]
    case .relu: return [try one("relu", pair("add", read, own))]
    }
  }
}

/// The arguments of a recurrent layer.
private struct RecurrentCall {
  enum Kind: String {
    case gru = "aten::gru"
    case lstm = "aten::lstm"
    case tanh = "aten::rnn_tanh"
    case relu = "aten::rnn_relu"

    /// Into how many parts a cell's products fall.
    var partCount: Int {
      switch self {
      case .gru: 3
      case .lstm: 4
      case .tanh, .relu: 1
      }
    }
  }

  let kind: Kind
  let input: Int
  /// The first states: of an LSTM h and c, else h.
  let states: [Int]
  let parameters: [Int]
  let parametersPerCell: Int
  let layerCount: Int
  let isBidirectional: Bool
  let isBatchFirst: Bool

  init?(_ node: Node) {
    guard let kind = Kind(rawValue: node.baseName), let input = node.slot(0, "input"),
      case .tensors(let parameters)? = node.argument(2, "params"),
      let count = node.argument(4, "num_layers")?.ints?.first
    else { return nil }
    func isTrue(_ position: Int, _ name: String) -> Bool {
      if case .constant(.bool(true))? = node.argument(position, name) { true } else { false }
    }
    switch node.argument(1, "hx") {
    case .slot(let slot): states = [slot]
    case .tensors(let slots): states = slots.compactMap(\.self)
    default: return nil
    }
    guard states.count == (kind == .lstm ? 2 : 1) else { return nil }
    self.kind = kind
    self.input = input
    self.parameters = parameters.compactMap(\.self)
    parametersPerCell = isTrue(3, "has_biases") ? 4 : 2
    layerCount = count
    isBidirectional = isTrue(7, "bidirectional")
    isBatchFirst = isTrue(8, "batch_first")
  }
}
