extension Tensor {
  /// The same elements under another shape; one length may be -1.
  public func reshaped(_ shape: [Int]) throws(TensorError) -> Tensor {
    try Operators.reshape(.tensor(self), .ints(shape))
  }

  /// The part at one index of an axis, which is dropped.
  public func select(axis: Int, index: Int) throws(TensorError) -> Tensor {
    try Operators.select(.tensor(self), .int(axis), .int(index))
  }

  /// A run of an axis.
  public func slice(axis: Int, _ range: Range<Int>) throws(TensorError) -> Tensor {
    try Operators.slice(
      .tensor(self), .int(axis), .int(range.lowerBound), .int(range.upperBound))
  }

  /// The parts at some indices of an axis, in that order.
  public func gather(axis: Int, _ indices: [Int]) throws(TensorError) -> Tensor {
    let list = try Tensor(indices.map(Int64.init), shape: [indices.count]).on(device)
    return try Operators.indexSelect(.tensor(self), .int(axis), .tensor(list))
  }

  /// The parts at some indices of an axis; `indices` is a row of 64-bit integers on this device.
  public func gather(axis: Int, at indices: Tensor) throws(TensorError) -> Tensor {
    // `index_select` makes a call for each index; this is some ten times as fast for many.
    try Operators.index(
      .tensor(self), .tensors([Tensor?](repeating: nil, count: axis) + [indices]))
  }

  /// A copy in which some places of an axis hold other elements.
  ///
  /// - Shapes: `indices`, 64-bit integers on this device, and `elements` are of one shape, as this
  ///   tensor's but for that axis.
  public func replacing(
    axis: Int, at indices: Tensor, with elements: Tensor
  ) throws(TensorError) -> Tensor {
    try Operators.scatter(.tensor(self), .int(axis), .tensor(indices), .tensor(elements))
  }

  /// All runs of some length along an axis, one every `step` places, as a new last axis.
  public func runs(axis: Int, length: Int, step: Int) throws(TensorError) -> Tensor {
    try Operators.unfold(.tensor(self), .int(axis), .int(length), .int(step))
  }

  /// Tensors of one shape along a new first axis.
  public static func stacked(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    try Operators.stack(.tensors(tensors), .int(0))
  }

  /// Tensors one after another along an axis.
  public static func concatenated(_ tensors: [Tensor], axis: Int = 0) throws(TensorError) -> Tensor
  {
    try Operators.cat(.tensors(tensors), .int(axis))
  }

  /// A new axis of length 1.
  public func withAxis(at axis: Int) throws(TensorError) -> Tensor {
    try Operators.unsqueeze(.tensor(self), .int(axis))
  }

  /// The axes in another order.
  public func permuted(_ axes: [Int]) throws(TensorError) -> Tensor {
    try Operators.permute(.tensor(self), .ints(axes))
  }

  /// The same elements seen under a shape in which axes of length 1 are repeated.
  public func expanded(_ shape: [Int]) throws(TensorError) -> Tensor {
    try Operators.expand(.tensor(self), .ints(shape))
  }

  /// A copy of its own.
  public func cloned() throws(TensorError) -> Tensor { try Operators.clone(.tensor(self)) }

  /// The same elements in row-major order of memory; itself where they lie so.
  public func contiguous() throws(TensorError) -> Tensor {
    try Operators.contiguous(.tensor(self))
  }

  /// The elements converted to another type.
  public func converted(to type: ElementType) throws(TensorError) -> Tensor {
    elementType == type ? self : try Operators.toType(.tensor(self), .int(Int(type.rawValue)))
  }

  /// The tensor on a device, itself where it is there already.
  public func on(_ device: Device) throws(TensorError) -> Tensor {
    if device == self.device { return self }
    return try Operators.toDevice(
      .tensor(self), .device(device), .int(Int((elementType ?? .float32).rawValue)))
  }

  /// The identity matrix.
  public static func identity(_ size: Int) throws(TensorError) -> Tensor {
    try Operators.eye(.int(size))
  }
}
