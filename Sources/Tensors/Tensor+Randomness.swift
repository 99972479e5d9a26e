public import Terms

extension Tensor {
  /// Draws from the standard normal distribution, by Box and Muller's transformation.
  ///
  ///     r = √(−2 ln(1 − u₁)),  z₁ = r cos 2πu₂,  z₂ = r sin 2πu₂
  ///
  /// Elements in row-major order; all `z₁` come before all `z₂`. The uniform numbers are the
  /// stream's next, `u₁` and `u₂` in turns.
  ///
  /// - Shapes: the result is of the shape asked for, on the CPU.
  public static func normals(
    _ shape: [Int], from stream: inout RandomStream
  ) throws(TensorError) -> Tensor {
    let count = shape.reduce(1, *)
    let pairs = (count + 1) / 2
    var (first, second) = ([Float](), [Float]())
    first.reserveCapacity(pairs)
    second.reserveCapacity(pairs)
    for _ in 0..<pairs {
      first.append(1 - stream.uniform())
      second.append(2 * .pi * stream.uniform())
    }
    let radius = try (Tensor(first, shape: [pairs]).log() * -2).squareRoots()
    let angle = try Tensor(second, shape: [pairs])
    return try concatenated([radius * angle.cosines(), radius * angle.sines()])
      .slice(axis: 0, 0..<count).reshaped(shape)
  }
}
