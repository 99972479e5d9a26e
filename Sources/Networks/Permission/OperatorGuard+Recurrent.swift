internal import Tensors

extension OperatorGuard {
  /// The checks of recurrent layers: LSTMs go to kernels that read as many weights and states as they
  /// expect, however many there are.
  static let recurrent: [String: Check] = [
    "lstm.input": { layers($0, gates: 4, hasCells: true) },
    "gru.input": { layers($0, gates: 3, hasCells: false) },
    "rnn_tanh.input": { layers($0, gates: 1, hasCells: false) },
    "rnn_relu.input": { layers($0, gates: 1, hasCells: false) },
  ]

  private static func layers(
    _ values: [String: Value], gates: Int, hasCells: Bool
  ) -> String? {
    guard let input = values["input"]?.tensor, case .tensors(let weights)? = values["params"],
      case .int(let layers)? = values["num_layers"],
      case .bool(let hasBiases)? = values["has_biases"],
      case .bool(let isBidirectional)? = values["bidirectional"]
    else { return "its input, weights, layers, biases or directions are missing" }
    let given = weights.compactMap(\.self)
    if given.count != weights.count { return "a weight is missing" }
    if input.rank != 3 { return "its input has shape \(input.shape)" }
    let sides = isBidirectional ? 2 : 1
    let each = hasBiases ? 4 : 2
    guard layers > 0, layers <= weights.count else {
      return "\(weights.count) weights do not make \(layers) layers"
    }
    // A projection of the states, which LSTMs may have, is one weight more.
    let isProjected = hasCells && weights.count == (each + 1) * sides * layers
    guard isProjected || weights.count == each * sides * layers else {
      return "\(weights.count) weights do not make \(layers) layers"
    }
    guard let first = given.first, first.rank == 2, first.shape[0] % gates == 0 else {
      return "its first weight has shape \(given.first?.shape ?? [])"
    }
    let hidden = first.shape[0] / gates
    let width = isProjected ? given[each].shape.first ?? 0 : hidden
    let expected = shapes(
      of: (layers, sides, gates), input: input.shape[2], hidden, isProjected ? width : nil,
      hasBiases)
    for (weight, shape) in zip(given, expected) where weight.shape != shape {
      return "a weight has shape \(weight.shape), and \(shape) is needed"
    }
    var isBatchFirst = false
    if case .bool(true)? = values["batch_first"] { isBatchFirst = true }
    let states = hasCells ? [width, hidden] : [width]
    return fault(
      ofStates: values["hx"],
      states.map { [layers * sides, input.shape[isBatchFirst ? 0 : 1], $0] })
  }

  /// The weights' shapes, layer by layer and side by side.
  private static func shapes(
    of count: (layers: Int, sides: Int, gates: Int), input: Int, _ hidden: Int, _ projected: Int?,
    _ hasBiases: Bool
  ) -> [[Int]] {
    let (rows, width) = (count.gates * hidden, projected ?? hidden)
    return (0..<count.layers).flatMap { layer in
      (0..<count.sides).flatMap { _ in
        [[rows, layer == 0 ? input : count.sides * width], [rows, width]]
          + (hasBiases ? [[rows], [rows]] : []) + (projected.map { [[$0, hidden]] } ?? [])
      }
    }
  }

  private static func fault(ofStates value: Value?, _ expected: [[Int]]) -> String? {
    let states: [Tensor?]
    switch value {
    case .tensor(let one)?: states = [one]
    case .tensors(let list)?: states = list
    default: states = []
    }
    guard states.count == expected.count else { return "it needs \(expected.count) states" }
    for (state, shape) in zip(states, expected) where state?.shape != shape {
      return "a state has shape \(state?.shape ?? []), and \(shape) is needed"
    }
    return nil
  }
}
