internal import Networks
internal import Tensors
internal import Terms

/// The layers of a classifier.
protocol ClassifierDesign: Sendable {
  /// The layer to explain at.
  var explainedLayer: String { get }

  /// Writes the layers, from the builder's input on.
  ///
  /// - Returns: The logits.
  func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference
}

extension ClassifierDesign {
  /// Builds the network.
  func program(_ layers: LayerBuilder) throws -> Program {
    var layers = layers
    let output = try logits(in: &layers)
    return try layers.program(output: output)
  }

  /// A trained network as it answers about each picture alone: what its normalisations take for a batch's moments are
  /// from then on those of training pictures (Ioffe and Szegedy 2015, algorithm 2).
  ///
  /// - Parameters:
  ///   - trained: The network as it was trained.
  ///   - batches: Training pictures.
  /// - Returns: `trained` itself, where nothing is normalised over the batch.
  func settled(
    _ trained: Program, over batches: [() throws -> Tensor]
  ) throws -> Program {
    let inputShape = trained.inputShape.dropFirst().map { $0 ?? 1 }
    // What is drawn is not used.
    let draw = RandomStream(0)
    var layers = LayerBuilder(inputShape: inputShape, draw: draw)
    let output = try logits(in: &layers)
    if layers.normalized.isEmpty { return trained }
    let measuring = try layers.measuringProgram(output: output)
      .replacing(parameters: trained.parameters)
    let moments = try ChannelMoments.measured(
      of: layers.normalized.map(\.module), in: measuring, over: batches)
    return try program(LayerBuilder(inputShape: inputShape, draw: draw, moments: moments))
      .replacing(parameters: trained.parameters)
  }
}
