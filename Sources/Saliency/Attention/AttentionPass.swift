internal import Networks
internal import Tensors
internal import Terms

/// What a pass through a network with attention found.
struct AttentionPass {
  /// Of the first attention, the second, …, `[H, n, n]`.
  let matrices: [Tensor]
  /// The gradients of some scores there, `[S, H, n, n]`.
  let gradients: [Tensor]

  /// The rows that the answer reads, as weights `[1, n]` that sum to 1: those of the last attention at which the
  /// gradient is not zero, as that of the class token. Nothing else behind the last attention joins tokens but the head, so
  /// the gradient of a token that the head does not read is exactly 0.
  func readTokens() throws(TensorError) -> Tensor {
    let last = gradients[gradients.count - 1]
    let sizes = try last.magnitudes().sum(axes: [0, 1, 3]).floats()
    let read = sizes.filter { $0 > 0 }.count
    return try Tensor(sizes.map { $0 > 0 ? 1 / Float(read) : 0 }, shape: [1, sizes.count])
      .on(last.device)
  }
}

extension MapRequest {
  /// The same asked of a network with its attention written out, at some layers.
  func asking(_ network: Network, at layers: [Layer]) -> MapRequest {
    MapRequest(
      network, at: input, layers: layers, within: resources, progress: progress, groups: groups)
  }

  /// All attentions with the scores' gradients there, as many scores a pass as the memory holds.
  ///
  /// - Parameter take: Is given what each pass found and the scores' values, in the order of the scores.
  func attentionPasses(
    through found: AttentiveNetwork, take: (AttentionPass, [Float]) throws -> Void
  ) throws -> Prediction {
    let layers = found.attentions.map(\.matrix)
    return try asking(found.network, at: layers).gradients(at: layers) { pass in
      let count = pass.scores.shape[0]
      let (tokens, shape) = (found.count, [-1, found.count, found.count])
      try take(
        AttentionPass(
          matrices: pass.activations.map { try $0.converted(to: .float32).reshaped(shape) },
          gradients: pass.gradients.map {
            try $0.converted(to: .float32).reshaped([count, -1, tokens, tokens])
          }), pass.scores.floats())
    }
  }

  /// Maps of numbers that tokens have, `[S, n]`: those of the tokens that are features.
  func tokenMaps(_ rows: Tensor, of found: AttentiveNetwork) throws -> [SaliencyMap] {
    let count = rows.shape[0]
    let own = try rows.slice(axis: 1, found.features)
      .reshaped([count] + (found.grid.isEmpty ? input.features.shape : found.grid))
    let enlarged = try input.features.carried(own)
    return try (0..<count).map { i in
      SaliencyMap(
        values: try enlarged.select(axis: 0, index: i), atLayer: try own.select(axis: 0, index: i),
        rectification: .none, over: input.features)
    }
  }
}
