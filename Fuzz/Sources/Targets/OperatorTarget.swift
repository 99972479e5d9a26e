import Foundation
import Tensors

@testable import Networks

/// Calls of allowed operators with arguments of any kind, over tensors whose ends are watched.
///
/// The bytes choose the operator and each argument. `RATHER_FUZZ_SKIP` names operators to leave out. What libtorch refuses is right; what reads or
/// writes beyond a tensor ends the process.
struct OperatorTarget {
  private let operators: [(call: Operator, parameters: [Operator.Parameter])]

  init() {
    let names = AllowedOperators.families.flatMap(\.names).map { "aten::" + $0 }
      .map { AllowedOperators.safeTwin(of: $0) ?? $0 }
    let skipped = ProcessInfo.processInfo.environment["RATHER_FUZZ_SKIP"] ?? ""
    let skip = Set(skipped.split(separator: " ").map(String.init))
    operators = names.filter { !skip.contains($0) }.compactMap { name in
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      let found = try? Operator(parts[0], overload: parts.count == 2 ? parts[1] : "")
      return found.map { ($0, $0.parameters) }
    }
  }

  func feed(_ bytes: [UInt8]) throws {
    var draw = ArgumentDraw(bytes)
    let (call, parameters) = operators[draw.number(below: operators.count)]
    var arguments: [(name: String?, value: Value)] = []
    for parameter in parameters {
      guard let value = try draw.value(of: parameter) else { continue }
      arguments.append((parameter.name, value))
    }
    if Self.isShown {
      let words = arguments.map { "\($0.name ?? "")=\(Self.text($0.value))" }.joined(separator: " ")
      FileHandle.standardError.write(Data("\(call.name) \(words)\n".utf8))
    }
    // As a run does it.
    if OperatorGuard.fault(of: call.name, arguments, call) != nil { return }
    do { _ = try call(arguments) } catch {
      throw NetworkError.node(call.name, error)
    }
  }

  /// Whether calls are told before they are made; the last one is the one that was not survived.
  private static let isShown = ProcessInfo.processInfo.environment["RATHER_FUZZ_SHOW"] != nil

  private static func text(_ value: Value) -> String {
    if case .tensor(let tensor) = value {
      return "\(tensor.elementType.map { "\($0)" } ?? "?")\(tensor.shape)"
    }
    return "\(value)"
  }
}

/// Arguments that follow from bytes.
private struct ArgumentDraw {
  private var bytes: ArraySlice<UInt8>
  private var shapes: [[Int]] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  private mutating func byte() -> Int { bytes.popFirst().map(Int.init) ?? 0 }

  mutating func number(below count: Int) -> Int { (byte() << 8 | byte()) % count }

  /// A value of a parameter's type; `nil` leaves it to the schema's default.
  mutating func value(of parameter: Operator.Parameter) throws -> Value? {
    switch parameter.type {
    case "Tensor": return byte() % 16 == 0 ? nil : .tensor(try tensor())
    case "int", "SymInt": return byte() % 6 == 0 ? nil : .int(integer())
    case "bool": return .bool(byte() % 2 == 0)
    case "float": return byte() % 4 == 0 ? nil : .double(real())
    case "Scalar", "number": return byte() % 2 == 0 ? .int(integer()) : .double(real())
    case "ScalarType": return byte() % 2 == 0 ? nil : .int([6, 4, 11, 0, 7, 5, 15, 3][byte() % 8])
    case "Layout", "Device", "Generator": return nil
    case "MemoryFormat": return byte() % 2 == 0 ? nil : .int(byte() % 4)
    case "str": return byte() % 6 == 0 ? nil : .string(Self.words[byte() % Self.words.count])
    default: return try list(parameter.type)
    }
  }

  private mutating func list(_ type: String) throws -> Value? {
    guard byte() % 6 != 0 else { return nil }
    let count = byte() % 5
    if type.hasPrefix("List[Tensor") || type.hasPrefix("Tensor") {
      return .tensors(try (0..<count).map { _ in try tensor() })
    }
    if type.hasPrefix("List[Optional[Tensor") {
      return .tensors(try (0..<count).map { _ in byte() % 3 == 0 ? nil : try tensor() })
    }
    if type.contains("float") { return .doubles((0..<count).map { _ in real() }) }
    if type.contains("bool") { return .bools((0..<count).map { _ in byte() % 2 == 0 }) }
    return .ints((0..<count).map { _ in integer() })
  }

  private mutating func integer() -> Int {
    let byte = byte()
    if byte < 200 { return byte % 10 - 2 }
    return [
      100, -100, 1 << 20, -(1 << 20), 1 << 31, -(1 << 31), 1 << 40, .max, .min, .max - 1, 65, 1000,
    ][byte % 12]
  }

  private mutating func real() -> Double {
    let byte = byte()
    if byte < 200 { return Double(byte % 20) / 4 - 1 }
    return [.nan, .infinity, -.infinity, 1e300, -1e300, 1e-300, 0, 1e9][byte % 8]
  }

  /// A tensor of any type and of few elements, often of the shape of an earlier one.
  private mutating func tensor() throws -> Tensor {
    let form = byte()
    var shape: [Int]
    if form % 2 == 0, let earlier = shapes.last {
      shape = earlier
      if form % 8 == 0, !shape.isEmpty { shape[byte() % shape.count] = byte() % 7 }
    } else {
      let rank = byte() % 6
      shape = (0..<rank).map { _ in [1, 2, 3, 4, 5, 7, 0, 8][byte() % 8] }
    }
    shapes.append(shape)
    let count = shape.reduce(1, *)
    let isIndex = form / 16 % 3 == 0
    let plain: Tensor
    if isIndex {
      plain = try Tensor((0..<count).map { _ in Int64(integer()) }, shape: shape)
    } else {
      let seed = byte()
      plain = try Tensor(
        (0..<count).map { Float(($0 * 37 + seed) % 101) / 25 - 2 }, shape: shape)
    }
    let types: [ElementType?] = [nil, nil, nil, .float64, .bool, .uint8, .float16, .int32]
    let typed = try types[form / 32].map { try plain.converted(to: $0) } ?? plain
    guard form % 16 == 5, typed.rank > 1 else { return typed }
    return try Operator("aten::transpose", overload: "int").tensor([
      .tensor(typed), .int(0), .int(1),
    ])
  }

  private static let words = [
    "mean", "sum", "constant", "reflect", "replicate", "circular", "trunc", "floor", "ij", "xy",
    "bilinear", "nearest", "zeros", "border", "fro", "nuc", "linear", "lower", "left", "right",
    "valid", "same", "none", "tanh", "amax", "amin", "prod", "L", "U", "ortho", "forward", "",
  ]
}
