internal import Networks
internal import Tensors

/// A normalisation of numbers by statistics of their own, group by group.
///
///     y = γ (x − μ) r + β,   r = 1/√(mean (x − μ)² + ε),   with μ = 0 for RMS normalisation
///
/// Layer normalisation's groups are the last axes, group normalisation's some channels of one
/// picture, instance normalisation's one channel of one picture. So are those of batch
/// normalisation by the statistics of a batch of one.
///
/// - Shapes: `[G, n]` for G groups of n numbers; rows of several walks are `[R, G, n]`.
struct OwnStatistics {
  /// The shape of what is normalised.
  let shape: [Int]
  /// `x − μ`, in 64 bits.
  let centred: Tensor
  /// `r`, `[G, 1]`, in 64 bits.
  let inverseDeviation: Tensor
  /// `γ`, of each number that is normalised; `nil` for 1.
  let factor: Tensor?
  /// Whether a mean is taken away.
  let isCentring: Bool

  /// Reads a call.
  ///
  /// - Throws: ``NetworkError/noRule(operation:at:)`` where it is no such normalisation, or its
  ///   factors follow from the input.
  init(of call: NodeCall) throws {
    guard let form = Form(call), call.inputs.count == 1,
      form.weight == nil || call.constant(form.weight?.place ?? 0, "weight") != nil
        || call.argument(form.weight?.place ?? 0, "weight").map(\.isNone) ?? true
    else { throw NetworkError.noRule(operation: call.operation, at: call.label) }
    let input = call.inputs[0]
    let shape = input.shape
    self.shape = shape
    isCentring = form.isCentring
    let count = max(1, shape.reduce(1, *) / max(1, form.groupCount))
    let x = try input.converted(to: .float64).reshaped([-1, count])
    centred = isCentring ? try x - x.meanKeepingAxes([1]) : x
    let epsilon = form.epsilon ?? Double(input.elementType?.spacing ?? 0)
    let variance = try centred.squared().meanKeepingAxes([1])
    inverseDeviation = try (variance + Tensor(Float(epsilon)).converted(to: .float64).on(x.device))
      .squareRoots().reciprocals()
    let weight = form.weight.flatMap { call.constant($0.place, "weight") }
    factor = try weight.map { weight in
      let isOfChannels = form.weight?.isOfChannels == true
      let aligned =
        isOfChannels
        ? [1, weight.count] + [Int](repeating: 1, count: max(0, shape.count - 2)) : weight.shape
      return try weight.reshaped(aligned).expanded(shape).reshaped([-1, count])
    }
  }

  /// Rows `[R]` + the shape, as `[R, G, n]`.
  func grouped(_ rows: Tensor) throws -> Tensor {
    try rows.reshaped([rows.shape[0]] + centred.shape)
  }

  /// Rows `[R, G, n]` as `[R]` + the shape.
  func ungrouped(_ rows: Tensor) throws -> Tensor {
    try rows.reshaped([rows.shape[0]] + shape)
  }

  /// What flows back through the mean that is taken away.
  func decentred(_ rows: Tensor) throws -> Tensor {
    isCentring ? try rows - rows.meanKeepingAxes([2]) : rows
  }
}

/// How a call of a normalisation is written.
private struct Form {
  typealias Weight = (place: Int, isOfChannels: Bool)

  let groupCount: Int
  let weight: Weight?
  let epsilon: Double?
  let isCentring: Bool

  init?(_ call: NodeCall) {
    guard let shape = call.inputs.first?.shape, shape.count >= 2 || call.kind == .normalization
    else { return nil }
    func number(_ place: Int, _ name: String, _ standard: Double?) -> Double? {
      switch call.argument(place, name) {
      case .double(let value): value
      case .int(let value): Double(value)
      default: standard
      }
    }
    func whole(_ place: Int, _ name: String) -> Int? {
      if case .int(let value)? = call.argument(place, name) { value } else { nil }
    }
    func lastAxes() -> Int? {
      guard case .ints(let axes)? = call.argument(1, "normalized_shape"), axes.count <= shape.count
      else { return nil }
      return shape.dropLast(axes.count).reduce(1, *)
    }
    let channels = shape.count > 1 ? shape[0] * shape[1] : 1
    switch call.operation.split(separator: ".").first {
    case "aten::layer_norm", "aten::native_layer_norm":
      guard let rows = lastAxes() else { return nil }
      (groupCount, weight, isCentring) = (rows, (2, false), true)
      epsilon = number(4, "eps", 1e-5)
    case "aten::rms_norm", "aten::_fused_rms_norm":
      guard let rows = lastAxes() else { return nil }
      (groupCount, weight, isCentring) = (rows, (2, false), false)
      epsilon = number(3, "eps", nil)
    case "aten::group_norm":
      guard let groups = whole(1, "num_groups") else { return nil }
      (groupCount, weight, isCentring) = (shape[0] * groups, (2, true), true)
      epsilon = number(4, "eps", 1e-5)
    case "aten::native_group_norm":
      guard let groups = whole(6, "group") else { return nil }
      (groupCount, weight, isCentring) = (shape[0] * groups, (1, true), true)
      epsilon = number(7, "eps", 1e-5)
    case "aten::instance_norm" where !call.isFalse(5, "use_input_stats"):
      (groupCount, weight, isCentring) = (channels, (1, true), true)
      epsilon = number(7, "eps", 1e-5)
    case "aten::batch_norm" where call.usesOwnStatistics:
      (groupCount, weight, isCentring) = (channels, (1, true), true)
      epsilon = number(7, "eps", 1e-5)
    default: return nil
    }
  }
}

extension NodeCall {
  /// Whether it normalises by statistics of what it reads: of a batch of one, its own.
  var usesOwnStatistics: Bool {
    switch kind {
    case .normalization: !(operation == "aten::instance_norm" && isFalse(5, "use_input_stats"))
    case .batchNormalization:
      if case .bool(true)? = argument(5, "training") {
        inputs.first?.shape.first == 1 && (inputs.first?.rank ?? 0) > 2
      } else {
        false
      }
    default: false
    }
  }

  fileprivate func isFalse(_ place: Int, _ name: String) -> Bool {
    if case .bool(false)? = argument(place, name) { true } else { false }
  }
}

extension Value {
  /// Whether nothing is given.
  fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}
