extension Tensor {
  /// The sum of all elements.
  public func sum() throws(TensorError) -> Tensor { try Operators.sum(.tensor(self)) }

  /// Sums along axes, which are dropped.
  public func sum(axes: [Int]) throws(TensorError) -> Tensor {
    try Operators.sumAxes(.tensor(self), .ints(axes))
  }

  /// Means along axes, which stay with length 1.
  public func meanKeepingAxes(_ axes: [Int]) throws(TensorError) -> Tensor {
    try Operators.meanAxes(.tensor(self), .ints(axes), .bool(true))
  }

  /// Means along axes, which are dropped.
  public func mean(axes: [Int]) throws(TensorError) -> Tensor {
    try Operators.meanAxes(.tensor(self), .ints(axes))
  }

  /// Largest elements along axes, which are dropped.
  public func maximum(axes: [Int]) throws(TensorError) -> Tensor {
    try Operators.maxAxes(.tensor(self), .ints(axes))
  }

  /// The smallest and the largest element.
  ///
  /// - Throws: ``TensorError/notANumber(operation:)`` when there is a NaN among them.
  public func extremes() throws(TensorError) -> ClosedRange<Float> {
    let low = try Operators.minimum(.tensor(self)).number()
    let high = try Operators.maximum(.tensor(self)).number()
    guard low <= high else { throw .notANumber(operation: "extremes") }
    return low...high
  }

  /// `log Σ eˣ` along an axis, which is dropped; safe against overflow.
  public func logSumExp(axis: Int) throws(TensorError) -> Tensor {
    try Operators.logSumExp(.tensor(self), .ints([axis]))
  }

  /// `eˣ / Σ eˣ` along an axis.
  public func softmax(axis: Int) throws(TensorError) -> Tensor {
    try Operators.softmax(.tensor(self), .int(axis))
  }

  /// `x − log Σ eˣ` along an axis.
  public func logSoftmax(axis: Int) throws(TensorError) -> Tensor {
    try Operators.logSoftmax(.tensor(self), .int(axis))
  }

  /// Whether no element is infinite or not a number.
  public func isAllFinite() throws(TensorError) -> Bool {
    let finite = try Operators.all(.tensor(Operators.isFinite(.tensor(self))))
    return try finite.number() != 0
  }
}
