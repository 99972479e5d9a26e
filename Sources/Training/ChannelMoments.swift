internal import Networks
internal import Tensors

/// The mean and the variance of each channel over pictures and places.
struct ChannelMoments: Sendable {
  let mean: Tensor
  let variance: Tensor

  /// Of one batch of maps, `[N, K, h, w]`.
  ///
  ///     μ = mean of x,  σ² = m / (m − 1) · mean of (x − μ)²,  m = N h w
  init(of maps: Tensor) throws {
    let axes = [0, 2, 3]
    mean = try maps.mean(axes: axes)
    let count = Float(maps.count / max(maps.shape[1], 1))
    let centred = try maps - maps.meanKeepingAxes(axes)
    variance = try centred.squared().mean(axes: axes) * (count / max(count - 1, 1))
  }

  private init(mean: Tensor, variance: Tensor) {
    self.mean = mean
    self.variance = variance
  }

  /// The means over batches of a program's outputs: 𝔼 μ and 𝔼 σ² of Ioffe and Szegedy (2015), algorithm 2.
  ///
  /// - Complexity: one forward pass a batch, which keeps all of these outputs.
  static func measured(
    of outputs: [String], in program: Program, over batches: [() throws -> Tensor]
  ) throws -> [String: ChannelMoments] {
    var sums: [String: ChannelMoments] = [:]
    let input = program.openInputs.first?.name ?? ""
    for batch in batches {
      let found = try program.outputs(for: [input: batch()])
      for name in outputs {
        guard let maps = found[name] else { continue }
        let own = try ChannelMoments(of: maps)
        let sum = try sums[name].map { known in
          try ChannelMoments(
            mean: known.mean + own.mean, variance: known.variance + own.variance)
        }
        sums[name] = sum ?? own
      }
    }
    let share = 1 / Float(max(batches.count, 1))
    return try sums.mapValues {
      try ChannelMoments(mean: $0.mean * share, variance: $0.variance * share)
    }
  }
}
