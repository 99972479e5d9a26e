public import Tensors

/// Activations of layers and the gradients of scores with respect to them.
public struct LayerGradients: Sendable {
  /// The network's output.
  public let output: Tensor
  /// The value of each score, `[S]`.
  public let scores: Tensor
  /// For each layer what it gave, `[N, K, …]`.
  public let activations: [Tensor]
  /// For each layer the gradients of all scores, `[S, N, K, …]`.
  public let gradients: [Tensor]
}

extension Program {
  /// Gradients of several scores with respect to layers.
  ///
  /// One forward pass, recorded only after the first of the layers, and one backward walk from the
  /// scores down to the layers, vectorised over the scores.
  ///
  /// - Parameters:
  ///   - layers: Where to differentiate; ``inputLayer`` is the input.
  ///   - input: One batch, `[N, C, H, W]`.
  ///   - scores: Computes the scores `[S]` from the network's output.
  /// - Throws: ``NetworkError``, and whatever `scores` throws.
  public func gradients(
    at layers: [Layer], input: Tensor, of scores: (Tensor) throws -> Tensor
  ) throws -> LayerGradients {
    var run = try Run(of: self, input: input, keeping: Set(layers.map(\.slot)))
    var pivots: [Int: Tensor] = [:]
    for layer in layers.sorted(by: { $0.position < $1.position }) where pivots[layer.slot] == nil {
      try run.advance(to: layer.position)
      let activation = try run.copy(of: layer.slot)
      let pivot = run.recording == .off ? try activation.leaf() : activation
      if run.recording == .off { try run.fork() }
      run.recording = .on
      pivots[layer.slot] = pivot
      try run.replace(layer.slot, with: pivot)
    }
    try run.advance(to: nodes.count)
    let output = try run.tensor(in: output)
    let values = try scores(output)
    let ordered = layers.compactMap { pivots[$0.slot] }
    let found = try values.gradients(withRespectTo: ordered)
    return LayerGradients(
      output: try output.detached(), scores: try values.detached(),
      activations: try ordered.map { try $0.detached() },
      gradients: try zip(layers, found).map { layer, gradient in
        guard let gradient else { throw NetworkError.layerDoesNotReachOutput(layer.name) }
        return gradient
      })
  }
}
