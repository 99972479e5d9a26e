internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// Asks a network about a picture on which weighted differences of two maps are imposed.
struct ImposedMaps {
  private let fact: Tensor
  private let foil: Tensor
  private let scores: [Score]
  private let network: Network
  /// The picture, in 0…1, and what its numbers are normalised by.
  private let picture: Tensor
  private let normalisation: Normalisation
  private let prepared: PreparedProgram

  /// - Parameters:
  ///   - fact: P̂, `[H, W]`.
  ///   - foil: Q̂, of the same size.
  ///   - scores: The log-odds of P and of Q.
  ///   - count: How many weights will be tried.
  init(
    fact: Tensor, foil: Tensor, scores: [Score], _ network: Network, _ input: Tensor,
    _ resources: Resources, count: Int
  ) throws {
    self.fact = try fact.on(input.device)
    self.foil = try foil.on(input.device)
    self.scores = scores
    self.network = network
    normalisation = try network.preprocessing.normalisation
    picture = try normalisation.undone(from: input)
    // Clipping and normalising take about as much again as the pictures.
    prepared = try network.program.prepared(
      for: input,
      PreparationRequest(
        pictures: count + 1, memory: resources.memory, bytesPerPicture: 2 * 4 * input.count,
        tunings: resources.tunings))
  }

  /// The weights that lower the first score and raise the second.
  func kept(of weights: [Float], progress: (Int) throws -> Void) throws -> [Float] {
    // The picture is asked about as the others are, in the same form of the network.
    let own = try values(for: normalisation.applied(to: picture))
    var kept: [Float] = []
    for start in stride(from: 0, to: weights.count, by: prepared.batch) {
      let tried = Array(weights[start..<min(start + prepared.batch, weights.count)])
      let found = try values(for: inputs(tried))
      for (i, weight) in tried.enumerated()
      where found[0][i] < own[0][0] - Self.least && found[1][i] > own[1][0] + Self.least {
        kept.append(weight)
      }
      try progress(start + tried.count)
    }
    return kept
  }

  /// The least change of log-odds that is no rounding.
  private static let least: Float = 1e-4

  private func inputs(_ weights: [Float]) throws(TensorError) -> Tensor {
    let column = try Tensor(weights, shape: [weights.count, 1, 1, 1]).on(picture.device)
    return try normalisation.applied(
      to: (picture + (column * foil - fact)).clamped(to: 0...1))
  }

  /// Each score of each input.
  private func values(for inputs: Tensor) throws -> [[Float]] {
    let flat = try network.values(of: scores, from: prepared.output(for: inputs)).floats()
    let count = inputs.shape[0]
    return scores.indices.map { Array(flat[$0 * count..<($0 + 1) * count]) }
  }
}
