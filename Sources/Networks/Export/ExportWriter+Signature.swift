internal import Foundation

extension ExportWriter {
  /// The graph's inputs: weights first, as PyTorch has them.
  var graphInputs: [ExportArgument] {
    program.weights.map { .tensor(name($0.slot)) }
      + program.inputs.map { port in
        port.fixed.map(ExportArgument.init) ?? exported(port.slot)
      }
  }

  var graphOutputs: [ExportArgument] { program.outputs.map { .tensor(name($0.slot)) } }

  var inputSpecs: [InputSpec] {
    program.weights.map { weight in
      let name = name(weight.slot)
      return switch weight.kind {
      case .parameter: .weight(name: name, parameter: key(weight))
      case .buffer: .buffer(name: name, buffer: key(weight), persistent: true)
      case .constant: .constant(name: name, constant: key(weight))
      }
    }
      + program.inputs.map { port in
        port.fixed.map { .fixed(name: name(port.slot), $0) } ?? .user(name: name(port.slot))
      }
  }

  var outputSpecs: [JSONValue] {
    program.outputs.map { port in
      let tensor = JSONValue.object(["name": .string(name(port.slot))])
      return .object(["user_output": .object(["arg": .object(["as_tensor": tensor])])])
    }
  }

  /// How the network is called: its inputs by position, its outputs under their names.
  var callSignature: ExportDocument.CallSignature {
    let arguments = TreeSpec.tuple(program.inputs.map { _ in .leaf })
    return .init(
      inputs: [], outputs: [], in_spec: TreeSpec.tuple([arguments, .dictionary([])]).text,
      out_spec: TreeSpec(named: program.outputs.map(\.name)).text,
      forward_arg_names: program.inputs.map { $0.name.identifier })
  }

  /// The paths of all modules that calls are made in.
  var modulePaths: [String] {
    var seen: Set<String> = [""]
    return program.nodes.flatMap { $0.modules.map(\.path) }.filter { seen.insert($0).inserted }
  }

  /// The slot that is called so.
  func slot(named name: String) -> Int? { slotsByName[name] }
}

/// A nesting of tuples and dictionaries around tensors.
enum TreeSpec {
  case leaf
  indirect case tuple([TreeSpec])
  indirect case dictionary([(key: String, value: TreeSpec)])

  /// The nesting that names of outputs tell of: `0` of one tensor, `1.logits` of a dictionary in a
  /// tuple.
  init(named names: [String]) {
    self = names == ["0"] ? .leaf : Self.nested(names.map { $0.split(separator: ".")[...] })
  }

  private static func nested(_ paths: [ArraySlice<Substring>]) -> TreeSpec {
    if paths.count == 1, paths[0].isEmpty { return .leaf }
    var groups: [(key: String, paths: [ArraySlice<Substring>])] = []
    for path in paths {
      let key = path.first.map(String.init) ?? ""
      if groups.last?.key == key {
        groups[groups.count - 1].paths.append(path.dropFirst())
      } else {
        groups.append((key, [path.dropFirst()]))
      }
    }
    let children = groups.map { ($0.key, nested($0.paths)) }
    let isTuple = groups.enumerated().allSatisfy { $0.element.key == "\($0.offset)" }
    return isTuple ? .tuple(children.map(\.1)) : .dictionary(children)
  }

  /// The nesting as PyTorch writes it, behind the version of this format.
  var text: String { "[1, \(json)]" }

  private var json: String {
    switch self {
    case .leaf: #"{"type": null, "context": null, "children_spec": []}"#
    case .tuple(let children): Self.node("tuple", "null", children)
    case .dictionary(let children):
      Self.node("dict", Self.quoted(children.map(\.key)), children.map(\.value))
    }
  }

  private static func node(_ type: String, _ context: String, _ children: [TreeSpec]) -> String {
    let text = (try? String(decoding: JSONEncoder().encode(context), as: UTF8.self)) ?? "null"
    return #"{"type": "builtins.\#(type)", "context": \#(text), "children_spec": "#
      + "[" + children.map(\.json).joined(separator: ", ") + "]}"
  }

  private static func quoted(_ keys: [String]) -> String {
    (try? String(decoding: JSONEncoder().encode(keys), as: UTF8.self)) ?? "[]"
  }
}
