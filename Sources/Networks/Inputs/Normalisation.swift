public import Tensors

/// What numbers are moved and scaled by before a network reads them, channel by channel.
///
///     x̂ = (x − mean) / std,   x = x̂ · std + mean
///
/// - Shapes: channels are the second axis, as in `[N, C, H, W]` and `[N, C]`.
public struct Normalisation: Hashable, Sendable {
  /// What is subtracted from each channel.
  public let mean: [Float]
  /// What each channel is divided by after that.
  public let std: [Float]

  /// Joins means and divisors, one a channel.
  public init(mean: [Float], std: [Float]) { (self.mean, self.std) = (mean, std) }

  /// What the network reads.
  ///
  /// - Parameter rank: The axes of what it reads, where `numbers` are to be spread over them.
  public func applied(to numbers: Tensor, rank: Int? = nil) throws(TensorError) -> Tensor {
    let rank = rank ?? numbers.rank
    return try (numbers - column(mean, rank, numbers)) / column(std, rank, numbers)
  }

  /// What it was made of.
  public func undone(from input: Tensor) throws(TensorError) -> Tensor {
    try input * column(std, input.rank, input) + column(mean, input.rank, input)
  }

  private func column(
    _ values: [Float], _ rank: Int, _ like: Tensor
  ) throws(TensorError) -> Tensor {
    let shape = [1, values.count] + Array(repeating: 1, count: max(rank - 2, 0))
    return try Tensor(values, shape: shape).on(like.device)
  }
}

extension Preprocessing {
  /// What channels of 0…1 are moved and scaled by.
  public var normalisation: Normalisation { Normalisation(mean: mean, std: std) }
}
