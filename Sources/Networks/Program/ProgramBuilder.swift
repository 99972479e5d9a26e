public import Tensors

/// Writes small networks node by node, as `torch.export` would.
///
///     var builder = ProgramBuilder(inputShape: [1, 28, 28])
///     let hidden = builder.call(
///       "conv2d", in: "conv1", type: "Conv2d",
///       [("input", .value(builder.input)), ("weight", .weight("weight", kernel)), …],
///       shape: [32, 28, 28])
///
/// The first axis of every value is the batch, of any length.
public struct ProgramBuilder {
  /// A value that an earlier call gave.
  public struct Reference: Sendable {
    let name: String
    /// Its shape without the batch axis.
    public let shape: [Int]
  }

  /// An argument of a call.
  public enum Argument: Sendable {
    case value(Reference)
    case weight(String, Tensor)
    case ints([Int])
    case int(Int)
    case double(Double)
    case bool(Bool)
    case none
  }

  /// The network's input.
  public let input: Reference

  private var nodes: [ExportDocument.Node] = []
  private var values: [String: ExportTensorMeta] = [:]
  private var specs: [InputSpec] = []
  private var tensors: [String: Tensor] = [:]
  private var modules: [String] = [""]

  /// Starts a network whose input has this shape, the batch axis left out.
  public init(inputShape: [Int]) {
    input = Reference(name: "x", shape: inputShape)
    values["x"] = Self.meta(inputShape)
  }

  /// Adds a call of an operator.
  ///
  /// - Parameters:
  ///   - operation: The operator's name in ATen, with its overload where it has one: `max.dim`.
  ///   - module: The path of the module that makes the call.
  ///   - type: The module's class in Python.
  ///   - arguments: Each by the schema's name; a weight is stored as `module.name`.
  ///   - shape: The result's shape without the batch axis.
  public mutating func call(
    _ operation: String, in module: String, type: String, _ arguments: [(String, Argument)],
    shape: [Int]
  ) -> Reference {
    let parts = operation.split(separator: ".")
    let name = "\(parts[0])_\(nodes.count)"
    for path in Self.prefixes(of: module) where !modules.contains(path) { modules.append(path) }
    // PyTorch takes an argument of kind 1 by its position, and one of kind 2 by its name.
    let inputs = arguments.enumerated().map { index, pair in
      ExportDocument.NamedArgument(
        name: pair.0, arg: exported(pair.0, pair.1, module), kind: index == 0 ? 1 : 2)
    }
    values[name] = Self.meta(shape)
    nodes.append(
      .init(
        target: "torch.ops.aten.\(parts[0]).\(parts.count > 1 ? parts[1] : "default")",
        inputs: inputs, outputs: [.tensor(name)],
        metadata: ["nn_module_stack": Self.stack(module, type)], is_hop_single_tensor_return: nil,
        name: name))
    return Reference(name: name, shape: shape)
  }

  /// Finishes the network.
  ///
  /// - Throws: ``NetworkError/unknownOperator(_:at:)`` for an operator that libtorch does not have.
  public func program(output: Reference) throws(NetworkError) -> Program {
    let inputSpecs = specs + [.user(name: "x")]
    let graph = ExportDocument.Graph(
      inputs: inputSpecs.compactMap { $0.argument }, outputs: [.tensor(output.name)], nodes: nodes,
      tensor_values: values, sym_int_values: [:], sym_bool_values: [:],
      is_single_tensor_return: false, custom_obj_values: [:], sym_float_values: [:])
    let document = ExportDocument(
      graph_module: .init(
        graph: graph,
        signature: .init(input_specs: inputSpecs, output_specs: [Self.output(output.name)]),
        module_call_graph: modules.map { .init(fqn: $0, signature: $0.isEmpty ? .one : nil) },
        metadata: [:], treespec_namedtuple_fields: [:]),
      opset_version: ["aten": 10], range_constraints: ["s0": .init(min_val: 1, max_val: nil)],
      schema_version: .init(major: 8, minor: 20), verifiers: ["TRAINING"],
      torch_version: LibTorch.version, guards_code: [])
    var lowering = try Lowering(document, path: "the built network")
    return try lowering.program(weights: tensors)
  }

  private mutating func exported(
    _ label: String, _ argument: Argument, _ module: String
  ) -> ExportArgument {
    switch argument {
    case .value(let reference): return .tensor(reference.name)
    case .ints(let values): return .ints(values)
    case .int(let value): return .int(value)
    case .double(let value): return .double(value)
    case .bool(let value): return .bool(value)
    case .none: return .none
    case .weight(let short, let tensor):
      let key = "\(module).\(short)"
      let name = "p_" + key.replacing(".", with: "_")
      tensors[key] = tensor
      values[name] = .contiguous(
        tensor.elementType ?? .float32, tensor.shape.map(ExportSymbol.int), requiresGrad: true)
      specs.append(.weight(name: name, parameter: key))
      return .tensor(name)
    }
  }

  /// `features.0` lies in `features`: both, outermost first.
  private static func prefixes(of module: String) -> [String] {
    let parts = module.split(separator: ".")
    return parts.indices.map { parts[...$0].joined(separator: ".") }
  }

  private static func stack(_ module: String, _ type: String) -> String {
    let entries = prefixes(of: module).map { path in
      "L__self__\(path),\(path),torch.nn.\(path == module ? type : "Sequential")"
    }
    return (["L__self__,,rather.Network"] + entries).joined(separator: ";")
  }

  private static func meta(_ shape: [Int]) -> ExportTensorMeta {
    let batch = ExportSymbol.expression(
      "Symbol('s0', positive=True, integer=True)", hint: .object(["as_int": .int(2)]))
    return .contiguous(.float32, [batch] + shape.map(ExportSymbol.int))
  }

  private static func output(_ name: String) -> JSONValue {
    .object([
      "user_output": .object([
        "arg": .object(["as_tensor": .object(["name": .string(name)])])
      ])
    ])
  }
}

extension InputSpec {
  fileprivate var argument: ExportArgument? {
    switch self {
    case .user(let name), .weight(let name, _), .buffer(let name, _, _), .constant(let name, _):
      .tensor(name)
    case .other: nil
    }
  }
}

extension ExportDocument.CallSignature {
  /// The calling convention of a module that takes one tensor and gives one.
  fileprivate static var one: Self {
    let leaf = #"{"type": null, "context": null, "children_spec": []}"#
    func node(_ type: String, _ context: String, _ children: String) -> String {
      #"{"type": "builtins.\#(type)", "context": "\#(context)", "children_spec": [\#(children)]}"#
    }
    let arguments = node("tuple", "null", leaf) + ", " + node("dict", "[]", "")
    return Self(
      inputs: [], outputs: [], in_spec: "[1, " + node("tuple", "null", arguments) + "]",
      out_spec: "[1, \(leaf)]", forward_arg_names: ["x"])
  }
}
