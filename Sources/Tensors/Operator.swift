internal import CLibTorch

/// Any operator of libtorch, found once by its schema name and called through the dispatcher.
public struct Operator: Sendable {
  /// Namespace, name and overload, such as `aten::add.Tensor`.
  public let name: String
  /// The argument that the operator writes to, or `nil`.
  public let writtenArgument: Int?
  /// The argument that the first result shares memory with, or `nil`.
  public let viewedArgument: Int?
  /// The schema's arguments in order.
  public let parameters: [Parameter]

  private let handle: OperatorHandle

  /// Whether calls are recorded for gradients.
  public enum Recording: Sendable {
    case off
    case on
  }

  /// Finds an operator.
  ///
  ///     let add = try Operator("aten::add", overload: "Tensor")
  ///
  /// - Throws: ``TensorError/backend(operation:message:)`` when libtorch has none of this name.
  public init(_ name: String, overload: String = "") throws(TensorError) {
    let full = overload.isEmpty ? name : "\(name).\(overload)"
    var found: ct_operator?
    try checked(full) { ct_operator_find(name, overload, &found, $0) }
    guard let found else { throw .unexpectedResult(operation: full) }
    var written: Int32 = -1
    var viewed: Int32 = -1
    ct_operator_aliasing(found, &written, &viewed)
    self.name = full
    handle = OperatorHandle(pointer: found)
    parameters = Self.parameters(of: found)
    writtenArgument = written < 0 ? nil : Int(written)
    viewedArgument = viewed < 0 ? nil : Int(viewed)
  }

  /// What an argument of the schema is, as far as its numbers stand for something.
  public struct Parameter: Sendable {
    /// The schema's name for it.
    public let name: String
    /// Its type, as the schema writes it, without the `?` of an optional one.
    public let type: String

    /// What its value is.
    public var kind: Kind { Kind(rawValue: type) ?? .other }

    /// Kinds that are told apart.
    public enum Kind: String, Sendable {
      /// A number of `c10::ScalarType`.
      case elementType = "ScalarType"
      /// A number of `c10::Layout`.
      case layout = "Layout"
      /// A number of `c10::MemoryFormat`.
      case memoryFormat = "MemoryFormat"
      /// One whole number.
      case integer = "int"
      /// Anything else.
      case other
    }
  }

  private static func parameters(of found: ct_operator) -> [Parameter] {
    let listing = ct_operator_parameters(found)
    defer { ct_string_free(listing) }
    guard let listing else { return [] }
    return String(cString: listing).split(separator: "\n").map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return Parameter(name: parts.first ?? "", type: parts.last ?? "")
    }
  }

  /// The names of all operators that libtorch has registered in this process, with overloads.
  public static var allNames: [String] {
    let listing = ct_operator_names()
    defer { ct_string_free(listing) }
    return listing.map { String(cString: $0).split(separator: "\n").map(String.init) } ?? []
  }

  /// Calls the operator; arguments that are left out take the schema's defaults.
  ///
  /// - Parameters:
  ///   - arguments: Each with the schema's name for it, or `nil` to go by position.
  ///   - recording: Whether gradients can later flow through the call.
  /// - Returns: The operator's results in order.
  public func callAsFunction(
    _ arguments: [(name: String?, value: Value)], recording: Recording = .off
  ) throws(TensorError) -> [Value] {
    var packer = ArgumentPacker()
    defer { packer.free() }
    let packed = arguments.map { packer.pack($0.value, named: $0.name) }
    var results: UnsafeMutablePointer<ct_value>?
    var count: Int64 = 0
    try checked(name) {
      ct_operator_call(
        handle.pointer, packed, Int64(packed.count), recording == .on ? 1 : 0, &results, &count, $0)
    }
    defer { ct_values_free(results, count) }
    return (0..<Int(count)).map { i in results.map { Value(taking: $0[i]) } ?? .none }
  }

  /// Calls an operator whose first result is a tensor, with arguments by position.
  public func tensor(
    _ arguments: [Value], recording: Recording = .off
  ) throws(TensorError) -> Tensor {
    let results = try self(arguments.map { (nil, $0) }, recording: recording)
    guard let tensor = results.first?.tensor else { throw .unexpectedResult(operation: name) }
    return tensor
  }
}

/// Sendable because an operator's registration is never written and lives as long as the process.
private struct OperatorHandle: @unchecked Sendable {
  let pointer: ct_operator
}

extension Value {
  fileprivate init(taking value: ct_value) {
    switch value.kind {
    case CT_TENSOR: self = value.tensor.map { .tensor(Tensor(owning: $0)) } ?? .none
    case CT_INT: self = .int(Int(value.integer))
    case CT_DOUBLE: self = .double(value.real)
    case CT_BOOL: self = .bool(value.integer != 0)
    case CT_TENSORS:
      self = .tensors(
        (0..<Int(value.count)).map { i in value.tensors[i].map { Tensor(owning: $0) } })
    default: self = .none
    }
  }
}
