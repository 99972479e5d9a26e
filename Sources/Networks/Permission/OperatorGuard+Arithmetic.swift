internal import Tensors

extension OperatorGuard {
  /// The checks of divisions of whole numbers, and of scales that sizes do not have.
  static let arithmetic: [String: Check] = {
    var checks: [String: Check] = [:]
    let divisions: Set<String> = [
      "div", "div_", "divide", "divide_", "floor_divide", "floor_divide_", "remainder",
      "remainder_", "fmod", "fmod_",
    ]
    for name in AllowedOperators.families.flatMap(\.names)
    where divisions.contains(String(name.prefix { $0 != "." })) {
      checks[name] = division
    }
    for kind in ["bilinear", "bicubic", "lanczos"] { checks["_upsample_\(kind)2d_aa"] = scaling }
    return checks
  }()

  /// The smallest whole number divided by −1 is none, and the processor stops the process.
  private static func division(_ values: [String: Value]) -> String? {
    guard let number = values["self"], let divisor = values["other"], number.isWhole,
      divisor.isWhole, divisor.holds(where: { $0 == -1 }), number.holdsLeast
    else { return nil }
    return "the smallest whole number divided by -1 is none"
  }

  /// The kernel reads as many rows as the scale says, and writes as many as the size.
  private static func scaling(_ values: [String: Value]) -> String? {
    guard let input = values["self"]?.tensor ?? values["input"]?.tensor, input.rank == 4,
      case .ints(let sizes)? = values["output_size"], sizes.count == 2
    else { return nil }
    for (axis, name) in ["scales_h", "scales_w"].enumerated() {
      guard case .double(let scale)? = values[name] else { continue }
      let wanted = Double(input.shape[2 + axis]) * scale
      // The size is the product without its fraction.
      if !(abs(wanted - Double(sizes[axis])) <= 1) {
        return "a scale of \(scale) does not make \(sizes[axis]) of \(input.shape[2 + axis])"
      }
    }
    return nil
  }
}

extension Value {
  /// Whether it is one whole number or several.
  fileprivate var isWhole: Bool {
    switch self {
    case .int: true
    case .tensor(let tensor): tensor.elementType.map { !$0.isFloating && $0 != .bool } ?? false
    default: false
    }
  }

  fileprivate func holds(where isMet: (Int64) -> Bool) -> Bool {
    switch self {
    case .int(let value): isMet(Int64(value))
    case .tensor(let tensor):
      (try? tensor.on(.cpu).converted(to: .int64).elements(as: Int64.self).contains(where: isMet))
        ?? true
    default: false
    }
  }

  /// Whether the smallest number of its type is among its numbers.
  fileprivate var holdsLeast: Bool {
    let least: Int64 =
      switch self {
      case .tensor(let tensor): tensor.elementType == .int32 ? Int64(Int32.min) : Int64.min
      default: Int64.min
      }
    return holds { $0 == least }
  }
}
