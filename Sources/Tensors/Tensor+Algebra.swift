extension Tensor {
  /// The lower triangle L of a positive definite matrix, `A = L Lᵀ`; of a batch, one each.
  ///
  /// - Throws: ``TensorError/backend(operation:message:)`` when the matrix is not positive definite.
  public func choleskyFactor() throws(TensorError) -> Tensor {
    try Operators.cholesky(.tensor(self), .bool(false))
  }

  /// `A⁻¹ B`, where this is the factor L of `A = L Lᵀ`.
  public func choleskySolution(of right: Tensor) throws(TensorError) -> Tensor {
    try Operators.choleskySolve(.tensor(right), .tensor(self), .bool(false))
  }

  /// `A⁻¹`, where this is the factor L of `A = L Lᵀ`.
  public func choleskyInverse() throws(TensorError) -> Tensor {
    try Operators.choleskyInverse(.tensor(self), .bool(false))
  }

  /// `U⁻¹ B`, where this is an upper triangle U.
  public func upperTriangularSolution(of right: Tensor) throws(TensorError) -> Tensor {
    try Operators.solveTriangular(.tensor(self), .tensor(right), .bool(true))
  }
}
