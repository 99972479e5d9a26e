/// The graph of a `torch.export` archive, as `models/model.json` spells it (schema 8).
///
/// Field names are the format's own.
struct ExportDocument: Codable, Sendable {
  var graph_module: GraphModule
  var opset_version: [String: Int]
  var range_constraints: [String: RangeConstraint]
  var schema_version: SchemaVersion
  var verifiers: [String]?
  var torch_version: String?
  var guards_code: [String]?

  struct SchemaVersion: Codable, Sendable {
    var major: Int
    var minor: Int
  }

  struct RangeConstraint: Codable, Sendable {
    @Nullable var min_val: Int?
    @Nullable var max_val: Int?
  }

  struct GraphModule: Codable, Sendable {
    var graph: Graph
    var signature: Signature
    var module_call_graph: [ModuleCall]
    var metadata: [String: String]?
    var treespec_namedtuple_fields: [String: NamedTuple]?
  }

  struct NamedTuple: Codable, Sendable {
    var field_names: [String]
  }

  struct ModuleCall: Codable, Sendable {
    var fqn: String
    @Nullable var signature: CallSignature?
  }

  struct CallSignature: Codable, Sendable {
    var inputs: [ExportArgument]
    var outputs: [ExportArgument]
    var in_spec: String
    var out_spec: String
    @Nullable var forward_arg_names: [String]?
  }

  struct Graph: Codable, Sendable {
    var inputs: [ExportArgument]
    var outputs: [ExportArgument]
    var nodes: [Node]
    var tensor_values: [String: ExportTensorMeta]
    var sym_int_values: [String: ExportSymbol]
    var sym_bool_values: [String: ExportSymbol]
    var is_single_tensor_return: Bool?
    var custom_obj_values: [String: JSONValue]?
    var sym_float_values: [String: ExportSymbol]?
  }

  struct Node: Codable, Sendable {
    var target: String
    var inputs: [NamedArgument]
    var outputs: [ExportArgument]
    var metadata: [String: String]
    @Nullable var is_hop_single_tensor_return: Bool?
    @Nullable var name: String?
  }

  struct NamedArgument: Codable, Sendable {
    var name: String
    var arg: ExportArgument
    @Nullable var kind: Int?
  }

  struct Signature: Codable, Sendable {
    var input_specs: [InputSpec]
    var output_specs: [JSONValue]
  }
}

/// What an input of the graph stands for: one key says which, its value says more.
enum InputSpec: Sendable {
  case user(name: String)
  /// What was no tensor when the network was exported.
  case fixed(name: String, FixedValue)
  case weight(name: String, parameter: String)
  case buffer(name: String, buffer: String, persistent: Bool)
  case constant(name: String, constant: String)
  case other(String, JSONValue)
}

/// An optional that is written as `null`, where the format wants the key to be there.
@propertyWrapper
struct Nullable<Wrapped: Codable & Sendable>: Codable, Sendable {
  var wrappedValue: Wrapped?

  init(wrappedValue: Wrapped?) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Wrapped.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

extension KeyedDecodingContainer {
  func decode<Wrapped>(
    _ type: Nullable<Wrapped>.Type, forKey key: Key
  ) throws -> Nullable<Wrapped> {
    try decodeIfPresent(type, forKey: key) ?? Nullable(wrappedValue: nil)
  }
}
