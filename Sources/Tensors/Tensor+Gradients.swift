internal import CLibTorch

extension Tensor {
  /// The same numbers as a new tensor at which recording for gradients starts.
  public func leaf() throws(TensorError) -> Tensor {
    var box: ct_tensor?
    try checked("leaf") { ct_tensor_leaf(handle.box, &box, $0) }
    return try Tensor(result: box, of: "leaf")
  }

  /// The same numbers without what was recorded of them.
  public func detached() throws(TensorError) -> Tensor {
    var box: ct_tensor?
    try checked("detach") { ct_tensor_detach(handle.box, &box, $0) }
    return try Tensor(result: box, of: "detach")
  }

  /// Whether it was computed from a ``leaf()`` while recording.
  public var isRecorded: Bool { ct_tensor_is_recorded(handle.box) != 0 }

  /// Gradients of every element of a vector with respect to each input, in one backward walk.
  ///
  /// The walk is vectorised over the elements, so operators run once for all of them.
  ///
  /// - Shapes: `self` is `[S]`; the gradient for an input of shape `D` is `[S] + D`.
  /// - Complexity: one backward pass of batch S from here to the inputs.
  /// - Parameter inputs: Recorded tensors that `self` was computed from.
  /// - Returns: One gradient an input; `nil` where `self` does not depend on it.
  public func gradients(
    withRespectTo inputs: [Tensor]
  ) throws(TensorError) -> [Tensor?] {
    let rows = try Tensor.identity(count).converted(to: elementType ?? .float32).on(device)
    return try gradients(withRespectTo: inputs, rows: rows)
  }

  /// Gradients of several weighted sums of a tensor's elements, in one backward walk.
  ///
  /// - Shapes: for `self` of shape `D` and an input of shape `E`, `rows` is `[R] + D` and the
  ///   gradient `[R] + E`.
  /// - Complexity: one backward pass of batch R from here to the inputs.
  /// - Returns: One gradient an input; `nil` where `self` does not depend on it.
  public func gradients(
    withRespectTo inputs: [Tensor], rows: Tensor
  ) throws(TensorError) -> [Tensor?] {
    guard isRecorded else { return inputs.map { _ in nil } }
    // For one row the plain walk is the quicker one.
    if rows.shape[0] == 1 { return try gradientsOneByOne(inputs, rows) }
    do {
      return try gradientsAtOnce(inputs, rows)
    } catch .backend {
      // An operator that cannot be vectorised: one walk a row gives the same numbers.
      return try gradientsOneByOne(inputs, rows)
    }
  }

  func gradientsAtOnce(_ inputs: [Tensor], _ rows: Tensor) throws(TensorError) -> [Tensor?] {
    try gradients(inputs) { output, gradients, message in
      ct_gradients(
        output, rows.handle.box, inputs.map { $0.handle.box }, Int64(inputs.count), 1, gradients,
        message)
    }
  }

  /// Gradients of a scalar with respect to each input; `nil` where it does not depend on one.
  ///
  /// - Parameter recording: Whether the gradients are recorded in turn, so that a loss may hold them
  ///   (Gulrajani et al. 2017).
  public func gradient(
    withRespectTo inputs: [Tensor], recording: Bool = false
  ) throws(TensorError) -> [Tensor?] {
    guard isRecorded else { return inputs.map { _ in nil } }
    let one = try Tensor([1], shape: shape).converted(to: elementType ?? .float32).on(device)
    return try gradients(inputs) { output, gradients, message in
      ct_gradient(
        output, one.handle.box, inputs.map { $0.handle.box }, Int64(inputs.count), 0,
        recording ? 1 : 0, gradients, message)
    }
  }

  func gradientsOneByOne(
    _ inputs: [Tensor], _ rows: Tensor
  ) throws(TensorError) -> [Tensor?] {
    var found: [[Tensor?]] = []
    for i in 0..<rows.shape[0] {
      let row = try rows.select(axis: 0, index: i)
      found.append(
        try gradients(inputs) { output, gradients, message in
          ct_gradient(
            output, row.handle.box, inputs.map { $0.handle.box }, Int64(inputs.count), 1, 0,
            gradients, message)
        })
    }
    var stacked: [Tensor?] = []
    for i in inputs.indices {
      let rows = found.compactMap { $0[i] }
      stacked.append(rows.isEmpty ? nil : try Tensor.stacked(rows))
    }
    return stacked
  }

  private func gradients(
    _ inputs: [Tensor],
    _ walk: (
      ct_tensor, UnsafeMutablePointer<ct_tensor?>,
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> ct_status
  ) throws(TensorError) -> [Tensor?] {
    var boxes = [ct_tensor?](repeating: nil, count: inputs.count)
    try checked("gradient") { message in
      boxes.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return CT_OK }
        return walk(handle.box, base, message)
      }
    }
    return boxes.map { $0.map { Tensor(owning: $0) } }
  }
}
