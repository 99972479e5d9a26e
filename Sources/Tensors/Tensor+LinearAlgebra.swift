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

  /// The inverse of each square matrix `[…, n, n]`.
  public func inverted() throws(TensorError) -> Tensor { try Operators.inverse(.tensor(self)) }

  /// The eigenvalues `[n]` of a symmetric matrix, in rising order, and its eigenvectors as columns
  /// `[n, n]`.
  public func eigenvectors() throws(TensorError) -> (values: Tensor, vectors: Tensor) {
    let found = try Operators.eigenvectors.get()([(nil, .tensor(self))])
    guard found.count == 2, let values = found[0].tensor, let vectors = found[1].tensor else {
      throw .unexpectedResult(operation: "aten::linalg_eigh")
    }
    return (values, vectors)
  }
}
