internal import Foundation

/// One of the tensors of numbers that a network returns.
public struct ProgramOutput: Hashable, Sendable {
  /// Its key where the network returns a dictionary, its place in a tuple, counted from 0, or both:
  /// `logits`, `1`, `deep.features`.
  public let name: String
  /// Its declared shape; `nil` where a length follows the input.
  public let shape: [Int?]
  let slot: Int

  /// Its name and shape, for people.
  public var text: String { "“\(name)” \(shape.shapeText)" }
}

extension ExportDocument {
  /// What the results of `forward` are called, in order; empty where the file does not say.
  var outputNames: [String] {
    let call = graph_module.module_call_graph.first { $0.fqn.isEmpty }
    guard let text = call?.signature?.out_spec,
      let parts = try? JSONDecoder().decode([TreePart].self, from: Data(text.utf8)),
      case .tree(let tree)? = parts.last
    else { return [] }
    return tree.names
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

extension Program {
  /// The same network answering with another of its outputs.
  ///
  /// - Throws: ``UnsuitedNetwork/noSuchOutput(_:known:)``.
  func answering(withOutputNamed name: String) throws(UnsuitedNetwork) -> Program {
    guard let output = outputs.first(where: { $0.name == name }) else {
      throw .noSuchOutput(name, known: outputs.map(\.text))
    }
    return replacing(output: output.slot)
  }
}
