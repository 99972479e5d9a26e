internal import Networks
internal import Tensors

/// Relevance passes unchanged to one input: activations, products with a constant.
///
/// Where the input was repeated to the result's shape, it takes the sum over its repetitions.
struct PassRule: BackwardRule {
  /// Which of the inputs takes it.
  var receiver = 0

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    try call.inputs.indices.map { index in
      guard index == receiver, let relevance = outgoing.first ?? nil else { return nil }
      return try relevance.summed(to: call.inputs[index].shape)
    }
  }
}

extension Tensor {
  /// Row stacks `[R]` + a shape that another was broadcast to, summed over the repetitions.
  func summed(to shape: [Int]) throws(TensorError) -> Tensor {
    let own = Array(self.shape.dropFirst())
    if own == shape { return self }
    let aligned = Array(repeating: 1, count: max(0, own.count - shape.count)) + shape
    let axes = own.indices.filter { own[$0] != aligned[$0] }.map { $0 + 1 }
    return try (axes.isEmpty ? self : sum(axes: axes)).reshaped([self.shape[0]] + shape)
  }
}
