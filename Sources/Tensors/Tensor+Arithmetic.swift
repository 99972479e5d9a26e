extension Tensor {
  /// The sum, element by element, with broadcasting.
  public static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operators.add(.tensor(a), .tensor(b))
  }

  /// The difference, element by element, with broadcasting.
  public static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operators.subtract(.tensor(a), .tensor(b))
  }

  /// The product, element by element, with broadcasting.
  public static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operators.multiply(.tensor(a), .tensor(b))
  }

  /// The quotient, element by element, with broadcasting.
  public static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operators.divide(.tensor(a), .tensor(b))
  }

  /// Every element plus a number.
  public static func + (a: Tensor, b: Float) throws(TensorError) -> Tensor {
    try Operators.addScalar(.tensor(a), .double(Double(b)))
  }

  /// Every element minus a number.
  public static func - (a: Tensor, b: Float) throws(TensorError) -> Tensor { try a + -b }

  /// Every element times a number.
  public static func * (a: Tensor, b: Float) throws(TensorError) -> Tensor {
    try Operators.multiplyScalar(.tensor(a), .double(Double(b)))
  }

  /// `max(0, x)` of every element.
  public func relu() throws(TensorError) -> Tensor { try Operators.relu(.tensor(self)) }

  /// The product of two matrices.
  public func matrixProduct(_ other: Tensor) throws(TensorError) -> Tensor {
    try Operators.matrixProduct(.tensor(self), .tensor(other))
  }

  /// The products of matrices `[B, n, k]` and `[B, k, m]`, one by one.
  public func batchMatrixProduct(_ other: Tensor) throws(TensorError) -> Tensor {
    try Operators.batchMatrixProduct(.tensor(self), .tensor(other))
  }

  /// `eˣ` of every element.
  public func exp() throws(TensorError) -> Tensor { try Operators.exp(.tensor(self)) }

  /// The natural logarithm of every element.
  public func log() throws(TensorError) -> Tensor { try Operators.log(.tensor(self)) }

  /// The square of every element.
  public func squared() throws(TensorError) -> Tensor {
    try Operators.powerScalar(.tensor(self), .int(2))
  }

  /// The magnitude of every element.
  public func magnitudes() throws(TensorError) -> Tensor { try Operators.absolute(.tensor(self)) }

  /// The square root of every element.
  public func squareRoots() throws(TensorError) -> Tensor {
    try Operators.squareRoot(.tensor(self))
  }

  /// `1 / x` of every element.
  public func reciprocals() throws(TensorError) -> Tensor {
    try Operators.reciprocal(.tensor(self))
  }

  /// The cosine of every element.
  public func cosines() throws(TensorError) -> Tensor { try Operators.cosine(.tensor(self)) }

  /// The sine of every element.
  public func sines() throws(TensorError) -> Tensor { try Operators.sine(.tensor(self)) }

  /// The nearest whole numbers, halves to even.
  public func rounded() throws(TensorError) -> Tensor { try Operators.round(.tensor(self)) }

  /// Every element, moved into a range where it lies outside.
  public func clamped(to range: ClosedRange<Float>) throws(TensorError) -> Tensor {
    try Operators.clamp(
      .tensor(self), .double(Double(range.lowerBound)), .double(Double(range.upperBound)))
  }

  /// The magnitude of each element with the sign of an element of another tensor, −0 included.
  public func copyingSigns(of other: Tensor) throws(TensorError) -> Tensor {
    try Operators.copySigns(.tensor(self), .tensor(other))
  }

  /// Every element, moved between two others where it lies outside, with broadcasting.
  public func clamped(from low: Tensor, to high: Tensor) throws(TensorError) -> Tensor {
    try Operators.clampToTensors(.tensor(self), .tensor(low), .tensor(high))
  }

  /// Where an element is less than a number; a NaN is not.
  public func isLess(than number: Float) throws(TensorError) -> Tensor {
    try Operators.isLess(.tensor(self), .double(Double(number)))
  }

  /// The elements of one tensor where a condition holds, and of another elsewhere.
  public static func choosing(
    _ one: Tensor, where condition: Tensor, otherwise other: Tensor
  ) throws(TensorError) -> Tensor {
    try Operators.choose(.tensor(condition), .tensor(one), .tensor(other))
  }
}
