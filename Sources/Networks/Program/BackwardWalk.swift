internal import Tensors

/// Which rows a backward walk starts with, and how its results make up the scores' gradients.
///
/// With `J` the scores' gradients at the output, `[S, N, outputs]`: where fewer outputs have
/// columns that are not zero than there are scores, the walk starts at those outputs, and `J`
/// combines what it finds, picture by picture; else it starts with `J` itself.
struct BackwardWalk {
  /// What the walk starts with, `[R]` + the output's shape.
  let rows: Tensor
  /// `[N, S, R]`, or `nil` where the rows are the scores' own.
  private let weights: Tensor?

  /// Plans a walk from scores `[S, N]`, or `[S]` of one picture; `nil` where they do not depend on
  /// the output.
  init?(from scores: Tensor, to output: Tensor) throws(TensorError) {
    let count = scores.shape[0]
    let pictures = scores.rank > 1 ? scores.shape[1] : 1
    let sums = try scores.reshaped([count, -1]).sum(axes: [1])
    guard let gradient = try sums.gradients(withRespectTo: [output])[0] else { return nil }
    let flat = try gradient.reshaped([count * pictures, -1])
    let used = try Self.usedColumns(of: flat)
    guard used.count < count, !used.isEmpty else {
      rows = gradient
      weights = nil
      return
    }
    let width = flat.shape[1]
    let starts = used.flatMap { column in (0..<width).map { Float($0 == column ? 1 : 0) } }
    rows = try Tensor(starts, shape: [used.count, 1, width])
      .converted(to: gradient.elementType ?? .float32).on(output.device)
      .expanded([used.count, pictures, width]).reshaped([used.count] + output.shape)
    weights = try flat.gather(axis: 1, used).reshaped([count, pictures, used.count])
      .permuted([1, 0, 2])
  }

  /// The scores' gradients, `[S]` + the input's shape, of what the walk found for its rows.
  ///
  /// The output may be of another precision than what is differentiated: a network in 64 or 16 bits
  /// takes pictures in 32.
  func combined(_ found: Tensor) throws(TensorError) -> Tensor {
    guard let weights else { return found }
    let (shape, type) = (found.shape, found.elementType ?? .float32)
    let (pictures, count) = (weights.shape[0], weights.shape[1])
    let isDouble = type == .float64 || weights.elementType == .float64
    let common = isDouble ? ElementType.float64 : .float32
    let each = try found.converted(to: common).reshaped([shape[0], pictures, -1])
      .permuted([1, 0, 2])
    return try weights.converted(to: common).batchMatrixProduct(each).permuted([1, 0, 2])
      .reshaped([count] + shape.dropFirst()).converted(to: type)
  }

  private static func usedColumns(of matrix: Tensor) throws(TensorError) -> [Int] {
    let width = matrix.shape[1]
    let values = try matrix.floats()
    return (0..<width).filter { column in
      stride(from: column, to: values.count, by: width).contains { values[$0] != 0 }
    }
  }
}
