internal import Tensors

/// Puts a program, as it is now, into the words of `torch.export`.
struct ExportWriter {
  let program: Program
  /// What each slot is called.
  private var names: [Int: String] = [:]
  private(set) var slotsByName: [String: Int] = [:]
  /// What each weight is stored as, by slot.
  private var keys: [Int: String] = [:]

  /// - Throws: ``NetworkError/node(_:_:)`` where weights cannot be brought back from a form that this
  ///   machine alone reads.
  init(_ program: Program) throws(NetworkError) {
    self.program = try program.unfusingConvolutions()
    nameSlots()
  }

  func document() throws(NetworkError) -> ExportDocument {
    let graph = try graph(of: program.nodes, inputs: graphInputs, outputs: graphOutputs)
    return ExportDocument(
      graph_module: .init(
        graph: graph, signature: .init(input_specs: inputSpecs, output_specs: outputSpecs),
        module_call_graph: [.init(fqn: "", signature: callSignature)]
          + modulePaths.map { .init(fqn: $0, signature: nil) },
        metadata: [:], treespec_namedtuple_fields: [:]),
      opset_version: ["aten": 10],
      range_constraints: program.freeLengths.mapValues {
        .init(min_val: $0.least, max_val: $0.greatest)
      },
      schema_version: .init(major: 8, minor: 20), verifiers: ["TRAINING"],
      torch_version: LibTorch.version, guards_code: [])
  }

  func name(_ slot: Int) -> String { names[slot] ?? "slot_\(slot)" }

  func key(_ weight: Program.Weight) -> String { keys[weight.slot] ?? weight.name }

  private mutating func nameSlots() {
    var (taken, stored) = (UniqueNames(), UniqueNames())
    for port in program.inputs { names[port.slot] = taken.name(port.name.identifier) }
    for weight in program.weights {
      let key = stored.name(weight.name.dottedIdentifier)
      keys[weight.slot] = key
      let prefix =
        switch weight.kind {
        case .parameter: "p_"
        case .buffer: "b_"
        case .constant: "c_"
        }
      names[weight.slot] = taken.name(prefix + key.identifier)
    }
    for node in program.nodes {
      let name = node.name.identifier
      for (place, result) in node.results.enumerated() {
        let stem = node.results.count == 1 ? name : "\(name)_\(place)"
        switch result {
        case .slot(let slot): names[slot] = taken.name(stem)
        case .list(let slots):
          for (index, slot) in slots.enumerated() { names[slot] = taken.name("\(stem)_\(index)") }
        case .ignored: break
        }
      }
    }
    for (slot, name) in names { slotsByName[name] = slot }
  }
}

/// Names that differ.
private struct UniqueNames {
  private var taken: Set<String> = []
  private var counts: [String: Int] = [:]

  mutating func name(_ wish: String) -> String {
    if taken.insert(wish).inserted { return wish }
    while true {
      counts[wish, default: 1] += 1
      let name = "\(wish)_\(counts[wish, default: 1])"
      if taken.insert(name).inserted { return name }
    }
  }
}

extension String {
  /// The same as a name that Python takes for a variable.
  var identifier: String {
    let word = String(map { $0.isPlain ? $0 : "_" })
    return word.first?.isNumber ?? true ? "_" + word : word
  }

  /// The same as a path of attributes.
  fileprivate var dottedIdentifier: String {
    String(map { $0.isPlain || $0 == "." ? $0 : "_" })
  }
}

extension Character {
  fileprivate var isPlain: Bool { isASCII && (isLetter || isNumber) || self == "_" }
}
