internal import Tensors

/// Type, shape and layout of a tensor, as the format declares them.
struct ExportTensorMeta: Codable, Sendable {
  var dtype: Int
  var sizes: [ExportSymbol]
  var requires_grad: Bool
  var device: ExportArgument.Device
  var strides: [ExportSymbol]
  var storage_offset: ExportSymbol
  var layout: Int

  /// The lengths of the axes; `nil` where one is symbolic.
  var shape: [Int?] { sizes.map(\.fixed) }

  /// What the tensor is in a program.
  var slot: Slot {
    .tensor(ElementType(exportCode: dtype), sizes.map { $0.length ?? .free("", hint: 1) })
  }

  /// Why no tensor is of that form; `nil` for one that may be.
  var fault: String? {
    guard sizes.count <= Self.mostAxes else {
      return "has \(sizes.count) axes, more than \(Self.mostAxes)"
    }
    var count = 1
    for case let size? in sizes.map(\.fixed) {
      guard (0...Self.longest).contains(size) else { return "has an axis of length \(size)" }
      count *= max(size, 1)
      guard count <= Self.mostElements else { return "has more elements than any memory holds" }
    }
    return nil
  }

  private static let mostAxes = 64
  private static let longest = 1 << 31
  private static let mostElements = 1 << 40

  /// A contiguous tensor on the CPU.
  static func contiguous(
    _ type: ElementType, _ sizes: [ExportSymbol], requiresGrad: Bool = false
  ) -> ExportTensorMeta {
    var strides = [Int](repeating: 1, count: sizes.count)
    for axis in sizes.indices.dropLast().reversed() {
      let next = strides[axis + 1].multipliedReportingOverflow(by: sizes[axis + 1].hint)
      strides[axis] = next.overflow ? .max : next.partialValue
    }
    return ExportTensorMeta(
      dtype: type.exportCode, sizes: sizes, requires_grad: requiresGrad,
      device: .init(type: "cpu", index: nil), strides: strides.map(ExportSymbol.int),
      storage_offset: .int(0), layout: 7)
  }
}

/// A whole number (or number, or truth value) that may be an expression of symbols.
enum ExportSymbol: Codable, Sendable {
  case int(Int)
  case expression(String, hint: JSONValue?)
  case other(JSONValue)

  private enum Key: String, CodingKey {
    case as_int, as_expr
  }

  private struct Expression: Codable {
    var expr_str: String
    var hint: JSONValue?
  }

  /// The same in a program; `nil` for what is neither a whole number nor an expression.
  var length: Length? {
    switch self {
    case .int(let value): .fixed(value)
    case .expression(let text, _): .free(text, hint: hint)
    case .other: nil
    }
  }

  /// An expression for a number that is not whole, or else a value of its kind.
  init(_ length: Length?, or value: [String: JSONValue]) {
    if case .free(let text, _) = length {
      self = .expression(text, hint: nil)
    } else {
      self = .other(.object(value))
    }
  }

  init(_ length: Length) {
    self =
      switch length {
      case .fixed(let value): .int(value)
      case .free(let text, let hint): .expression(text, hint: .object(["as_int": .int(hint)]))
      }
  }

  var fixed: Int? { if case .int(let value) = self { value } else { nil } }

  /// The number seen while exporting, or 1.
  var hint: Int {
    switch self {
    case .int(let value): value
    case .expression(_, .object(let fields)):
      if case .int(let value) = fields["as_int"] { value } else { 1 }
    default: 1
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let value = try container.decodeIfPresent(Int.self, forKey: .as_int) {
      self = .int(value)
    } else if let value = try container.decodeIfPresent(Expression.self, forKey: .as_expr) {
      self = .expression(value.expr_str, hint: value.hint)
    } else {
      self = .other(try JSONValue(from: decoder))
    }
  }

  func encode(to encoder: any Encoder) throws {
    if case .other(let value) = self { return try value.encode(to: encoder) }
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .int(let value): try container.encode(value, forKey: .as_int)
    case .expression(let text, let hint):
      try container.encode(Expression(expr_str: text, hint: hint), forKey: .as_expr)
    case .other: break
    }
  }
}

extension ElementType {
  /// The number that `torch.export` gives the type; libtorch's own counts from 0 and leaves gaps.
  var exportCode: Int {
    switch self {
    case .bool: 12
    case .bfloat16: 13
    default: Int(rawValue) + 1
    }
  }

  init?(exportCode: Int) {
    guard let type = ElementType.allCases.first(where: { $0.exportCode == exportCode }) else {
      return nil
    }
    self = type
  }
}
