internal import Foundation
internal import Tensors

/// Arithmetic on sizes, by the names that `torch.export` writes.
enum ScalarOperation: String, Sendable, CaseIterable {
  case add = "_operator.add"
  case subtract = "_operator.sub"
  case multiply = "_operator.mul"
  case divide = "_operator.truediv"
  case floorDivide = "_operator.floordiv"
  case remainder = "_operator.mod"
  case negate = "_operator.neg"
  case keep = "_operator.pos"
  case shiftLeft = "_operator.lshift"
  case shiftRight = "_operator.rshift"
  case power = "_operator.pow"
  case equal = "_operator.eq"
  case notEqual = "_operator.ne"
  case less = "_operator.lt"
  case lessOrEqual = "_operator.le"
  case greater = "_operator.gt"
  case greaterOrEqual = "_operator.ge"
  case and = "_operator.and_"
  case or = "_operator.or_"
  case floor = "math.floor"
  case ceiling = "math.ceil"
  case truncate = "math.trunc"
  case rounded = "builtins.round"
  case largest = "torch.sym_max"
  case smallest = "torch.sym_min"
  case float = "torch.sym_float"
  case int = "torch.sym_int"
  case not = "torch.sym_not"
  case squareRoot = "torch._sym_sqrt"
  case choose = "torch.sym_ite"

  /// The result, or `nil` where the arguments are not numbers or divide by zero.
  func callAsFunction(_ arguments: [Value]) -> Value? {
    let numbers = arguments.compactMap(\.real)
    guard numbers.count == arguments.count, let a = numbers.first else { return nil }
    if numbers.count == 1 { return unary(a) }
    if self == .choose { return numbers.count == 3 ? arguments[a == 0 ? 2 : 1] : nil }
    let whole = arguments.allSatisfy { if case .double = $0 { false } else { true } }
    return comparison(a, numbers[1]) ?? binary(a, numbers[1], whole: whole)
  }

  private func unary(_ a: Double) -> Value? {
    switch self {
    case .negate: Int(exactly: -a).map(Value.int) ?? .double(-a)
    case .keep: Int(exactly: a).map(Value.int) ?? .double(a)
    case .floor: Int(exactly: a.rounded(.down)).map(Value.int)
    case .ceiling: Int(exactly: a.rounded(.up)).map(Value.int)
    case .truncate, .int: Int(exactly: a.rounded(.towardZero)).map(Value.int)
    case .rounded: Int(exactly: a.rounded(.toNearestOrEven)).map(Value.int)
    case .float: .double(a)
    case .not: .bool(a == 0)
    case .squareRoot: .double(a.squareRoot())
    default: nil
    }
  }

  private func comparison(_ a: Double, _ b: Double) -> Value? {
    switch self {
    case .equal: .bool(a == b)
    case .notEqual: .bool(a != b)
    case .less: .bool(a < b)
    case .lessOrEqual: .bool(a <= b)
    case .greater: .bool(a > b)
    case .greaterOrEqual: .bool(a >= b)
    case .and: .bool(a != 0 && b != 0)
    case .or: .bool(a != 0 || b != 0)
    default: nil
    }
  }

  private func binary(_ a: Double, _ b: Double, whole: Bool) -> Value? {
    let result: Double
    switch self {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a * b
    case .largest: result = max(a, b)
    case .smallest: result = min(a, b)
    case .power: result = pow(a, b)
    case .shiftLeft: result = a * pow(2, b)
    case .shiftRight: result = (a / pow(2, b)).rounded(.down)
    case .divide: return b == 0 ? nil : .double(a / b)
    case .floorDivide where b != 0: result = (a / b).rounded(.down)
    case .remainder where b != 0: result = a - b * (a / b).rounded(.down)
    default: return nil
    }
    return whole ? Int(exactly: result).map(Value.int) : .double(result)
  }
}

extension Value {
  /// The number that the value is; truth counts as 1.
  var real: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }
}
