public import Tensors

/// Activations of layers and the gradients of scores with respect to them.
public struct LayerGradients: Sendable {
  /// The network's output.
  public let output: Tensor
  /// The value of each score for each picture, `[S, N]`.
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
  /// output down to the layers for all scores together. Scores that lie on fewer outputs than there
  /// are scores, as log-odds among a few classes do, share the walk of those outputs.
  ///
  /// - Parameters:
  ///   - layers: Where to differentiate; ``inputLayer`` is the input.
  ///   - input: One batch, `[N, C, H, W]`.
  ///   - scores: Computes the scores `[S, N]` from the network's output; a picture's scores depend
  ///     on its own row alone.
  /// - Throws: ``NetworkError``, such as ``NetworkError/noGradient(_:)``, and whatever `scores` throws.
  public func gradients(
    at layers: [Layer], input: Tensor, of scores: (Tensor) throws -> Tensor
  ) throws -> LayerGradients {
    try gradients(at: layers, inputs: values(input), of: scores)
  }

  /// The same for values of all inputs by their names.
  public func gradients(
    at layers: [Layer], inputs: [String: Tensor], of scores: (Tensor) throws -> Tensor
  ) throws -> LayerGradients {
    try recordedPass(at: layers, inputs: inputs).gradients(at: layers, of: scores)
  }

  /// A forward pass, recorded from the first of some layers on.
  func recordedPass(at layers: [Layer], inputs: [String: Tensor]) throws -> RecordedPass {
    var run = try Run(of: self, inputs: inputs, keeping: Set(layers.map(\.slot)))
    let pivots = try run.recordPivots(at: layers)
    try run.advance(to: nodes.count)
    return RecordedPass(
      output: try run.tensor(in: output), pivots: pivots,
      bytes: pivots.values.reduce(run.recordedBytes) { $0 + $1.byteCount })
  }
}

/// A forward pass that holds what walks back from its output need, as many as are wanted.
struct RecordedPass: Sendable {
  /// What the network gave.
  let output: Tensor
  /// By slot, what walks lead to.
  let pivots: [Int: Tensor]
  /// Roughly what it holds: all that calls gave, and nothing that they keep for themselves.
  let bytes: Int

  /// Gradients of scores with respect to layers that the pass was recorded for.
  func gradients(
    at layers: [Layer], of scores: (Tensor) throws -> Tensor
  ) throws -> LayerGradients {
    let leaf = try output.leaf()
    let values = try scores(leaf)
    guard let walk = try BackwardWalk(from: values, to: leaf) else {
      throw NetworkError.layerDoesNotReachOutput(layers.first?.name ?? "")
    }
    let ordered = layers.compactMap { pivots[$0.slot] }
    let found: [Tensor?]
    do { found = try output.gradients(withRespectTo: ordered, rows: walk.rows) } catch {
      throw NetworkError.noGradient(error)
    }
    return LayerGradients(
      output: try output.detached(), scores: try values.detached(),
      activations: try ordered.map { try $0.detached() },
      gradients: try zip(layers, found).map { layer, gradient in
        guard let gradient else { throw NetworkError.layerDoesNotReachOutput(layer.name) }
        return try walk.combined(gradient)
      })
  }
}

extension Run {
  /// Runs up to the last of some layers, recording from the first of them on.
  ///
  /// - Returns: By slot, the tensors to differentiate with respect to.
  mutating func recordPivots(at layers: [Layer]) throws -> [Int: Tensor] {
    var pivots: [Int: Tensor] = [:]
    for layer in layers.sorted(by: { $0.position < $1.position }) where pivots[layer.slot] == nil {
      try advance(to: layer.position)
      let activation = try copy(of: layer.slot)
      // A layer that the earlier ones do not flow into, as one of another branch, is a leaf too.
      let pivot = activation.isRecorded ? activation : try activation.leaf()
      if recording == .off { try fork() }
      recording = .on
      pivots[layer.slot] = pivot
      try replace(layer.slot, with: pivot)
    }
    return pivots
  }
}
