internal import Networks
internal import Tensors
internal import Terms

/// Runs what comes behind a layer on many altered copies of what the layer gave.
///
/// What comes before it runs once for the copies of a pass, and not once a copy: values that go around the layer, such as
/// those of a shortcut, are there as the network computed them. A pass always has the same length, so that results do not depend on
/// which copies share one.
///
/// Where no copy moved a score by more than rounding does (``RoundingNoise``), its map is neutral
/// everywhere and says so.
struct LayerRunner {
  let request: MapRequest
  /// What the network answers for the input itself.
  let prediction: Prediction
  let scores: [Score]
  /// Their values for the input itself, by the passes that altered copies go through.
  let values: [Float]
  /// What the layer gave, one row for each copy of a pass.
  let activation: Tensor
  /// How many copies share a pass.
  var batch: Int { activation.shape[0] }
  private let paused: PausedRun
  private let noise: RoundingNoise

  /// Runs up to a layer.
  ///
  /// - Parameters:
  ///   - samples: How many altered copies there will be.
  ///   - largestBatch: The most copies a pass, where it is set.
  init(
    for request: MapRequest, at layer: Layer, samples: Int, largestBatch: Int? = nil
  ) throws {
    let (network, input) = (request.network, request.input.tensor)
    self.request = request
    let width = network.program.activationCount
    let most =
      network.program.batchLength ?? min(largestBatch ?? Self.defaultBatch, max(1, samples))
    let batch =
      network.program.batchLength ?? request.resources.count(ofSize: 8 * width, limit: most)
    let copies = try input.expanded([batch] + input.shape.dropFirst())
    paused = try network.program.run(upTo: layer, input: copies)
    activation = paused.activation
    let output = try paused.output(replacing: activation)
    let first = try output.slice(axis: 0, 0..<output.shape[0] / batch)
    prediction = try network.prediction(from: first)
    scores = try request.scores(prediction)
    values = try network.values(of: scores, from: first).converted(to: .float32).floats()
    noise = try RoundingNoise(
      of: scores, values, in: network, at: input, answering: prediction,
      computing: network.program.coarsestType, batch: batch
    ) { try network.program.output(for: $0) }
  }

  /// Behind a late layer hardly anything comes, so more would cost more before it than they spare behind.
  private static let defaultBatch = 16

  /// The scores `[S, n]` of altered copies, in order.
  ///
  /// - Parameter alter: Changes the rows of ``activation`` for some of the samples: the first rows are theirs, and what
  ///   becomes of the others does not matter.
  func scores(
    of count: Int, soFar: (Int, [Tensor]) throws -> [SaliencyMap],
    alter: (Range<Int>, Tensor) throws -> Tensor
  ) throws -> Tensor {
    var found: [Tensor] = []
    for start in stride(from: 0, to: count, by: batch) {
      let range = start..<min(start + batch, count)
      let output = try paused.output(replacing: alter(range, activation))
      let values = try request.network.values(of: scores, from: output).converted(to: .float32)
      found.append(try values.slice(axis: 1, 0..<range.count))
      try request.progress(ProgressUpdate(completed: range.upperBound, total: count))
      if range.upperBound < count {
        let known = found
        try request.partial?({ try explanation(soFar(range.upperBound, known), moved: nil) })
      }
    }
    return try Tensor.concatenated(found, axis: 1)
  }

  /// Joins the maps, one for each score, to what the network answered.
  ///
  /// - Parameter moved: By how much a score moved at most; `nil` where that is not known yet.
  func explanation(_ maps: [SaliencyMap], moved: [Float]?) throws(TensorError) -> Explanation {
    Explanation(
      prediction: prediction, scores: values,
      maps: try maps.enumerated().map { s, map throws(TensorError) in
        guard let moved, moved[s] <= RoundingNoise.width * noise.ranges[s] else { return map }
        return try map.silenced(rounding: noise.ranges[s])
      })
  }
}
