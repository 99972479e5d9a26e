extension Tensor {
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
