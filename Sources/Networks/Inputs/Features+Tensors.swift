public import Tensors

extension Features {
  /// Numbers of each feature, spread over its channels.
  ///
  /// - Shapes: `maps` is `[n]` + ``shape``; the result can be combined with inputs `[n, …]`.
  public func spread(_ maps: Tensor) throws(TensorError) -> Tensor {
    guard let channelAxis else { return maps }
    return try maps.withAxis(at: channelAxis)
  }

  /// Inputs of which only some features are left, and all else is what lies behind.
  ///
  ///     x′ + (x − x′) ⊙ m
  ///
  /// - Parameters:
  ///   - kept: m, `[n]` + ``shape``, 1 for what is kept and 0 for what is taken away, or parts of it.
  ///   - input: x, `[1, …]`.
  ///   - ground: x′, of the same shape.
  public func inputs(
    keeping kept: Tensor, of input: Tensor, over ground: Tensor
  ) throws(TensorError) -> Tensor {
    try ground + (input - ground) * spread(kept)
  }

  /// The axis of an attribution's channels; `nil` where there are none to reduce.
  ///
  /// - Parameter isBatch: Whether the attribution has the batch's axis before its own.
  func channelAxis(isBatch: Bool) -> Int? { channelAxis.map { isBatch ? $0 : $0 - 1 } }

  /// The numbers of an attribution with one number a feature, from those of its channels.
  ///
  /// - Parameters:
  ///   - attribution: The shape of one input without the batch's axis: `[C, H, W]`, `[n, C]`, `[n]`.
  ///   - reduction: Makes one number of those along an axis.
  /// - Returns: A map of ``shape``.
  public func reduced(
    _ attribution: Tensor, by reduction: (Tensor, _ axis: Int) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    if let axis = channelAxis(isBatch: false) { return try reduction(attribution, axis) }
    // One channel that is not written down.
    return try reduction(attribution.withAxis(at: 0), 0)
  }

  /// A layer's maps, enlarged bilinearly (corners not aligned) to the features of a plane; those that
  /// have a number a feature stay.
  ///
  /// - Parameter maps: `[S, h, w]`, or `[S]` + ``shape``.
  public func carried(_ maps: Tensor) throws(TensorError) -> Tensor {
    guard arrangement == .plane, maps.rank == 3 else { return maps }
    return try maps.withAxis(at: 1).resizedBilinearly(height: shape[0], width: shape[1])
      .select(axis: 1, index: 0)
  }
}

extension Features {
  /// The same for samples of several scores, `[S, n, …]`: `[S, n]` + ``shape``.
  public func reduced(
    samples: Tensor, by reduction: (Tensor, _ axis: Int) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    guard let channelAxis else { return try reduction(samples.withAxis(at: 2), 2) }
    return try reduction(samples, channelAxis + 1)
  }
}
