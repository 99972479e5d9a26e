internal import Tensors

extension ExportReader {
  func argument(_ value: ExportArgument, at node: String) throws(NetworkError) -> NodeArgument {
    switch value {
    case .none: .constant(.none)
    case .int(let value): .constant(.int(value))
    case .ints(let values): .constant(.ints(values))
    case .double(let value): .constant(.double(value))
    case .doubles(let values): .constant(.doubles(values))
    case .bool(let value): .constant(.bool(value))
    case .bools(let values): .constant(.bools(values))
    case .string(let value): .constant(.string(value))
    // Wherever the network was exported, it runs where its input is.
    case .device: .inputDevice
    case .scalarType(let code): .constant(.int(try Self.elementType(code, at: node)))
    // The format counts these enumerations from 1 and orders them differently from libtorch.
    case .memoryFormat(let code): .constant(.int([1: 0, 2: 2, 3: 3, 4: 1][code] ?? 0))
    case .layout(7): .constant(.int(0))
    case .layout(let code): throw .unsupportedArgument(kind: "layout \(code)", at: node)
    case .tensor(let name), .symbol(let name, _): .slot(try slot(name, at: node))
    case .tensors(let names):
      .tensors(try names.map { name throws(NetworkError) in try slot(name, at: node) })
    case .optionalTensors(let names):
      .tensors(
        try names.map { name throws(NetworkError) in
          guard let name else { return nil }
          return try slot(name, at: node)
        })
    case .symbols(let numbers, _):
      .numbers(try numbers.map { number throws(NetworkError) in try element(number, at: node) })
    case .graph(let name, _): throw .unsupportedArgument(kind: "sub-graph (\(name))", at: node)
    case .unsupported(let kind, _): throw .unsupportedArgument(kind: kind, at: node)
    }
  }

  private func element(
    _ number: ExportNumber, at node: String
  ) throws(NetworkError) -> NumberArgument {
    switch number {
    case .name(let name): .slot(try slot(name, at: node))
    case .int(let value): .constant(.int(value))
    case .double(let value): .constant(.double(value))
    case .bool(let value): .constant(.bool(value))
    }
  }

  /// libtorch's number for a type; up to 11 the format counts like libtorch, but from 1.
  private static func elementType(_ code: Int, at node: String) throws(NetworkError) -> Int {
    if let type = ElementType(exportCode: code) { return Int(type.rawValue) }
    guard (9...11).contains(code) else {
      throw .unsupportedArgument(kind: "element type \(code)", at: node)
    }
    return code - 1
  }

  private func slot(_ name: String, at node: String) throws(NetworkError) -> Int {
    guard let slot = slots[name] else { throw .undefinedValue(name, at: node) }
    return slot
  }
}
