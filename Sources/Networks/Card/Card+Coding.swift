internal import Terms

extension Card: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case task, output, outputName, labels, threshold, references, input, inputs, layers
  }

  /// Reads a card; keys that it does not know are errors.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    task = try container.choice(Task.self, .task)
    output = try container.choice(Output.self, .output)
    outputName = try container.decodeIfPresent(String.self, forKey: .outputName)
    labels = try container.decodeIfPresent(Labels.self, forKey: .labels)
    threshold = try container.decodeIfPresent(Float.self, forKey: .threshold)
    if let threshold, !(threshold > 0 && threshold < 1) {
      throw CardFault(key: "threshold", found: "\(threshold)", expected: "above 0 and below 1")
    }
    references = try container.decodeIfPresent([String].self, forKey: .references) ?? []
    if output != .embedding, !references.isEmpty {
      throw CardFault(
        key: "references", found: "given", expected: "left out where the output is no embedding")
    }
    if output == .embedding, labels != nil {
      throw CardFault(
        key: "labels", found: "given", expected: "left out: an embedding's references have names")
    }
    if let named = try container.decodeIfPresent([String: InputForm].self, forKey: .inputs) {
      if container.contains(.input) {
        throw CardFault(key: "input", found: "given beside “inputs”", expected: "the only one")
      }
      if named.isEmpty {
        throw CardFault(key: "inputs", found: "empty", expected: "an entry for each input")
      }
      inputs = named
    } else {
      inputs = [Self.onlyInput: try container.decode(InputForm.self, forKey: .input)]
    }
    layers = try container.decodeIfPresent(Layers.self, forKey: .layers)
    if (task == .regression) != output.isOfValues {
      let fitting = Output.allCases.filter { $0.isOfValues == (task == .regression) }
      throw CardFault(
        key: "output", found: "“\(output.rawValue)”",
        expected: fitting.map(\.rawValue).joined(separator: " or ") + ", for a \(task.rawValue)")
    }
  }

  /// Writes a card.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(task, forKey: .task)
    try container.encode(output, forKey: .output)
    try container.encodeIfPresent(outputName, forKey: .outputName)
    try container.encodeIfPresent(labels, forKey: .labels)
    try container.encodeIfPresent(threshold, forKey: .threshold)
    if !references.isEmpty { try container.encode(references, forKey: .references) }
    if let only = inputs[Self.onlyInput], inputs.count == 1 {
      try container.encode(only, forKey: .input)
    } else {
      try container.encode(inputs, forKey: .inputs)
    }
    try container.encodeIfPresent(layers, forKey: .layers)
  }
}

extension Card.Labels: Codable {
  /// Reads a file's name or a list of labels.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let file = try? container.decode(String.self) {
      self = .file(file)
    } else {
      self = .list(try container.decode([String].self))
    }
  }

  /// Writes a file's name or a list of labels.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .file(let name): try container.encode(name)
    case .list(let labels): try container.encode(labels)
    }
  }
}

extension Card.Layers: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case cluster
    case `class`
  }

  /// Reads the layers' names.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    cluster = try container.decodeIfPresent(String.self, forKey: .cluster)
    `class` = try container.decodeIfPresent(String.self, forKey: .class)
  }

  /// Writes the layers' names.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(cluster, forKey: .cluster)
    try container.encodeIfPresent(`class`, forKey: .class)
  }
}
