public import Networks
public import Tensors
public import Terms

/// A method that attributes scores to the input by gradients, and can do so at many inputs at once.
///
/// That lets ``NoiseTunnel`` share passes among its samples. A method says only what its attributions
/// at given inputs are; the map of one picture follows.
public protocol GradientExplainer: Explainer {
  /// Attributions of scores at each input of a batch.
  ///
  /// - Shapes: `inputs` is `[N, …]`, of any length.
  func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions
}

/// What a ``GradientExplainer`` found at a batch of inputs.
public struct Attributions: Sendable {
  /// The value of each score at each input, `[S, N]`.
  public let values: Tensor
  /// The signed attributions, `[S, N, …]`.
  public let signed: Tensor
  /// What the method knows of its error and effort, for each score and input.
  public let measurements: [[[SaliencyMap.Measurement: Float]]]

  /// Joins what was found; without measurements where none are given.
  public init(
    values: Tensor, signed: Tensor, measurements: [[[SaliencyMap.Measurement: Float]]]? = nil
  ) {
    self.values = values
    self.signed = signed
    let shape = signed.shape
    self.measurements =
      measurements ?? Array(repeating: Array(repeating: [:], count: shape[1]), count: shape[0])
  }

  /// Those of the way between two inputs, `[S, 1, …]`, with what is known of their error.
  ///
  /// - Parameters:
  ///   - first: Each score where the way begins.
  ///   - last: Each score at its end.
  ///   - steps: How many points each score's way has.
  static func complete(
    _ signed: Tensor, from first: [Float], to last: [Float], steps: [Int]
  ) throws -> Attributions {
    let sums = try signed.converted(to: .float64).sum(axes: Array(1..<signed.rank)).floats()
    return Attributions(
      values: try Tensor(last, shape: [last.count, 1]), signed: signed,
      measurements: sums.indices.map { s in
        let change = last[s] - first[s]
        return [
          [
            .completenessError: sums[s] - change, .scoreDifference: change,
            .steps: Float(steps[s]),
          ]
        ]
      })
  }

  /// Those of each input of a batch, one after the other.
  ///
  /// - Parameter one: Gives those of one input, and makes of its progress that of all.
  static func ofEach(
    _ inputs: Tensor,
    _ one: (_ input: Tensor, _ part: (ProgressUpdate) -> ProgressUpdate) throws -> Attributions
  ) throws -> Attributions {
    let count = inputs.shape[0]
    return try .joined(
      (0..<count).map { i in
        try one(inputs.slice(axis: 0, i..<i + 1)) { $0.part(i, of: count) }
      })
  }

  /// Those of several batches, one after another.
  static func joined(_ parts: [Attributions]) throws -> Attributions {
    guard parts.count != 1, let first = parts.first else { return parts[0] }
    return Attributions(
      values: try .concatenated(parts.map(\.values), axis: 1),
      signed: try .concatenated(parts.map(\.signed), axis: 1),
      measurements: first.measurements.indices.map { s in parts.flatMap { $0.measurements[s] } })
  }

  /// The explanation of the only input.
  func explanation(
    answering prediction: Prediction, over features: Features
  ) throws -> Explanation {
    Explanation(
      prediction: prediction, scores: try values.floats(),
      maps: try measurements.indices.map { s in
        try SaliencyMap(
          attribution: signed.select(axis: 0, index: s).select(axis: 0, index: 0), over: features,
          measurements: measurements[s][0])
      })
  }
}

extension GradientExplainer {
  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    let input = request.input
    let prediction = try request.network.prediction(for: input.tensor)
    return try attributions(
      of: request.scores(prediction), in: request.network, at: input.tensor,
      within: request.resources, progress: request.progress
    ).explanation(answering: prediction, over: input.features)
  }
}
