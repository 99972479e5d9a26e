internal import Foundation

extension ExportDocument {
  /// What the arguments of `forward` are called, in order; empty where the file does not say.
  var inputNames: [String] {
    let names = rootCall?.forward_arg_names ?? []
    let count = graph_module.signature.input_specs.count { spec in
      switch spec {
      case .user, .fixed: true
      default: false
      }
    }
    return names.count == count && Set(names).count == count ? names : []
  }

  /// What the results of `forward` are called, in order; empty where the file does not say.
  var outputNames: [String] {
    guard let text = rootCall?.out_spec,
      let parts = try? JSONDecoder().decode([TreePart].self, from: Data(text.utf8)),
      case .tree(let tree)? = parts.last
    else { return [] }
    return tree.names
  }

  private var rootCall: CallSignature? {
    graph_module.module_call_graph.first { $0.fqn.isEmpty }?.signature
  }
}

/// A number or a tree; a structure is written as its version and its tree.
private enum TreePart: Decodable {
  case version
  case tree(Tree)

  init(from decoder: any Decoder) throws {
    if (try? decoder.singleValueContainer().decode(Int.self)) != nil {
      self = .version
    } else {
      self = .tree(try Tree(from: decoder))
    }
  }

  struct Tree: Decodable {
    var type: String?
    var context: String?
    var children_spec: [Tree]

    /// The names of the leaves: keys and places on the way to each, with dots between.
    var names: [String] {
      if type == nil { return [""] }
      let keys = context.flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
      return children_spec.enumerated().flatMap { index, child in
        let key = keys?.count == children_spec.count ? keys?[index] ?? "" : "\(index)"
        return child.names.map { $0.isEmpty ? key : "\(key).\($0)" }
      }
    }
  }
}
