/// The operators that Rather's own mathematics calls, found once each.
///
/// Programs call any operator by name; these are only the ones that Swift code writes out.
enum Operators {
  typealias Found = Result<Operator, TensorError>

  static func find(_ name: String, _ overload: String = "") -> Found {
    Result { () throws(TensorError) in try Operator("aten::" + name, overload: overload) }
  }

  static let add = find("add", "Tensor")
  static let addScalar = find("add", "Scalar")
  static let subtract = find("sub", "Tensor")
  static let multiply = find("mul", "Tensor")
  static let multiplyScalar = find("mul", "Scalar")
  static let divide = find("div", "Tensor")
  static let powerScalar = find("pow", "Tensor_Scalar")
  static let relu = find("relu")
  static let matrixProduct = find("mm")
  static let batchMatrixProduct = find("bmm")
  static let cholesky = find("linalg_cholesky")
  static let choleskySolve = find("cholesky_solve")
  static let choleskyInverse = find("cholesky_inverse")
  static let solveTriangular = find("linalg_solve_triangular")
  static let exp = find("exp")
  static let log = find("log")
  static let sumAxes = find("sum", "dim_IntList")
  static let sum = find("sum")
  static let meanAxes = find("mean", "dim")
  static let maxAxes = find("amax")
  static let minimum = find("min")
  static let maximum = find("max")
  static let logSumExp = find("logsumexp")
  static let softmax = find("softmax", "int")
  static let logSoftmax = find("log_softmax", "int")
  static let index = find("index", "Tensor")
  static let indexSelect = find("index_select")
  static let select = find("select", "int")
  static let slice = find("slice", "Tensor")
  static let unfold = find("unfold")
  static let scatter = find("scatter", "src")
  static let stack = find("stack")
  static let cat = find("cat")
  static let reshape = find("reshape")
  static let unsqueeze = find("unsqueeze")
  static let permute = find("permute")
  static let expand = find("expand")
  static let clone = find("clone")
  static let contiguous = find("contiguous")
  static let toType = find("to", "dtype")
  static let toDevice = find("to", "device")
  static let eye = find("eye")
  static let bilinear = find("upsample_bilinear2d")
  static let antialiased = find("_upsample_bilinear2d_aa")
  static let absolute = find("abs")
  static let squareRoot = find("sqrt")
  static let reciprocal = find("reciprocal")
  static let cosine = find("cos")
  static let sine = find("sin")
  static let round = find("round")
  static let clamp = find("clamp")
  static let clampToTensors = find("clamp", "Tensor")
  static let isFinite = find("isfinite")
  static let copySigns = find("copysign", "Tensor")
  static let all = find("all")
  static let isLess = find("lt", "Scalar")
  static let choose = find("where", "self")
  static let eigenvectors = find("linalg_eigh")
  static let inverse = find("linalg_inv")
}

extension Operators.Found {
  func callAsFunction(_ arguments: Value...) throws(TensorError) -> Tensor {
    // Recording costs nothing where no argument is recorded, and expressions must stay
    // differentiable where one is.
    try get().tensor(arguments, recording: .on)
  }
}
