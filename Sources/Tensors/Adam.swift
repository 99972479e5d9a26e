/// Adam (Kingma and Ba 2015, algorithm 1), by libtorch's fused operator.
///
///     m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  θ ← θ − η · m̂ / (√v̂ + ε)
///
/// with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) and ε = 10⁻⁸. Every number has moments of its own, so that
/// rows of a tensor move as if each were alone. A step gives new tensors; nothing is written in place.
package struct Adam: Sendable {
  private static let step = Result { () throws(TensorError) in try Operator("aten::_fused_adam") }

  private let names: [String]
  /// θ, by name.
  package private(set) var parameters: [String: Tensor]
  private var means: [Tensor]
  private var squares: [Tensor]
  private var count = 0
  private let betas: (Double, Double)

  /// Starts at some parameters.
  ///
  /// - Parameter betas: β₁ and β₂.
  package init(
    _ parameters: [String: Tensor], betas: (Double, Double) = (0.9, 0.999)
  ) throws(TensorError) {
    self.betas = betas
    self.parameters = parameters
    names = parameters.keys.sorted()
    var zeros: [Tensor] = []
    for name in names {
      if let tensor = parameters[name] { zeros.append(try tensor * 0) }
    }
    (means, squares) = (zeros, zeros)
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - gradients: g, by name.
  ///   - rate: η.
  package mutating func update(
    _ gradients: [String: Tensor], rate: Double
  ) throws(TensorError) {
    count += 1
    let step = try Tensor(Float(count))
    let steps = names.map { _ in step }
    func list(_ tensors: [Tensor?]) -> Value { .tensors(tensors) }
    let results = try Self.step.get()([
      ("self", list(names.map { parameters[$0] })), ("grads", list(names.map { gradients[$0] })),
      ("exp_avgs", list(means)), ("exp_avg_sqs", list(squares)), ("max_exp_avg_sqs", list([])),
      ("state_steps", list(steps)), ("lr", .double(rate)), ("beta1", .double(betas.0)),
      ("beta2", .double(betas.1)), ("weight_decay", .double(0)), ("eps", .double(1e-8)),
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
