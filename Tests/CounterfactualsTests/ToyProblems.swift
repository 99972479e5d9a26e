import Counterfactuals
import Tensors

/// Problems of one form over vectors, written with tensors alone.
struct ToyProblems: NearestPointProblems {
  /// Constraints `[R, 1 + m]` of points `[R, k]`.
  let form: (Tensor) throws -> Tensor

  func constraints(at points: Tensor, of problems: [Int]) throws -> ConstraintValues {
    let leaf = try points.leaf()
    let values = try form(leaf)
    return ConstraintValues(values: values) { rows in
      guard let found = try values.gradients(withRespectTo: [leaf], rows: rows).first, let found
      else { return try Tensor([Double](repeating: 0, count: 0), shape: [0]) }
      return found
    }
  }

  /// `aᵀz − b` for each column of a and number of b; the first is h.
  static func linear(_ rows: [[Double]], _ right: [Double]) -> ToyProblems {
    ToyProblems { points in
      let matrix = try Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
      return try points.matrixProduct(matrix.permuted([1, 0]))
        - Tensor(right, shape: [1, right.count])
    }
  }
}
