internal import Tensors

extension OutputReading {
  /// How alike vectors and the references are, `[N, references]`:
  ///
  ///     y_c = e · r_c / (|e| |r_c|)
  ///
  /// - Parameter holdsLength: Whether `|e|` counts as a number that nothing changes, as relevance takes what normalises.
  func similarities(of vectors: Tensor, holdsLength: Bool = false) throws -> Tensor {
    guard let references else { throw NetworkError.noReferences(length: width) }
    let lengths = try vectors.squared().sum(axes: [1]).withAxis(at: 1).squareRoots()
    let own = holdsLength ? try lengths.detached() : lengths
    if try own.detached().extremes().lowerBound <= 0 { throw NetworkError.emptyVector }
    return try vectors.matrixProduct(references.on(vectors.device)) / own
  }

  /// The same, compared with references, `[length, references]` of length 1 each.
  func comparing(with references: Tensor) -> OutputReading {
    var reading = self
    reading.references = references
    return reading
  }
}
