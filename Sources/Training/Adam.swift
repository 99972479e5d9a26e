internal import Tensors

/// Adam (Kingma and Ba 2015, algorithm 1), by libtorch's fused operator.
///
///     m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  θ ← θ − η · m̂ / (√v̂ + ε)
///
/// with m̂, v̂ divided by 1 − βᵗ. A step gives new tensors; nothing is written in place.
struct Adam {
  private static let step = Result { () throws(TensorError) in try Operator("aten::_fused_adam") }

  private let names: [String]
  private(set) var parameters: [String: Tensor]
  private var means: [Tensor]
  private var squares: [Tensor]
  private var count = 0

  init(_ parameters: [String: Tensor]) throws {
    self.parameters = parameters
    names = parameters.keys.sorted()
    means = try names.compactMap { try parameters[$0].map { try $0 * 0 } }
    squares = means
  }

  mutating func update(_ gradients: [String: Tensor], rate: Double) throws {
    count += 1
    let steps = try names.map { _ in try Tensor(Float(count)) }
    func list(_ tensors: [Tensor?]) -> Value { .tensors(tensors) }
    let results = try Self.step.get()([
      ("self", list(names.map { parameters[$0] })), ("grads", list(names.map { gradients[$0] })),
      ("exp_avgs", list(means)), ("exp_avg_sqs", list(squares)), ("max_exp_avg_sqs", list([])),
      ("state_steps", list(steps)), ("lr", .double(rate)), ("beta1", .double(0.9)),
      ("beta2", .double(0.999)), ("weight_decay", .double(0)), ("eps", .double(1e-8)),
      ("amsgrad", .bool(false)), ("maximize", .bool(false)),
    ])
    let updated = results.map { value -> [Tensor] in
      if case .tensors(let list) = value { list.compactMap(\.self) } else { [] }
    }
    // The operator gives parameters, gradients, means, squares and maxima, in this order.
    guard updated.count >= 4, updated[0].count == names.count, updated[3].count == names.count
    else {
      throw TensorError.unexpectedResult(operation: "aten::_fused_adam")
    }
    for (name, tensor) in zip(names, updated[0]) { parameters[name] = tensor }
    (means, squares) = (updated[2], updated[3])
  }
}
