internal import Tensors

/// Which rows a backward walk starts with, and how its results make up the scores' gradients.
///
/// With `J` the scores' gradients at the output, `[S, outputs]`: where `J` has fewer columns that
/// are not zero than rows, the walk starts at those outputs, and `J` combines what it finds; else it
/// starts with `J` itself.
struct BackwardWalk {
  /// What the walk starts with, `[R]` + the output's shape.
  let rows: Tensor
  /// `[S, R]`, or `nil` where the rows are the scores' own.
  private let weights: Tensor?

  /// Plans a walk; `nil` where the scores do not depend on the output.
  init?(from scores: Tensor, to output: Tensor) throws(TensorError) {
    guard let gradient = try scores.gradients(withRespectTo: [output])[0] else { return nil }
    let flat = try gradient.reshaped([scores.count, -1])
    let used = try Self.usedColumns(of: flat)
    guard used.count < scores.count, !used.isEmpty else {
      rows = gradient
      weights = nil
      return
    }
    let width = flat.shape[1]
    let starts = used.flatMap { column in (0..<width).map { Float($0 == column ? 1 : 0) } }
    rows = try Tensor(starts, shape: [used.count, width])
      .converted(to: gradient.elementType ?? .float32).on(output.device)
      .reshaped([used.count] + output.shape)
    weights = try flat.gather(axis: 1, used)
  }

  /// The scores' gradients, `[S]` + the input's shape, of what the walk found for its rows.
  func combined(_ found: Tensor) throws(TensorError) -> Tensor {
    guard let weights else { return found }
    let shape = found.shape
    return try weights.matrixProduct(found.reshaped([shape[0], -1]))
      .reshaped([weights.shape[0]] + shape.dropFirst())
  }

  private static func usedColumns(of matrix: Tensor) throws(TensorError) -> [Int] {
    let width = matrix.shape[1]
    let values = try matrix.floats()
    return (0..<width).filter { column in
      stride(from: column, to: values.count, by: width).contains { values[$0] != 0 }
    }
  }
}
