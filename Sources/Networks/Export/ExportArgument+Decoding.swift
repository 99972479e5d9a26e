extension ExportArgument: Codable {
  struct Tag: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  struct Named: Codable {
    var name: String
  }

  struct SubGraph: Codable {
    var name: String
    var graph: ExportDocument.Graph
  }

  struct Device: Codable {
    var type: String
    @Nullable var index: Int?
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Tag.self)
    guard let tag = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "an argument has no kind"))
    }
    // Not a chain of `??`: the compiler (Swift 6.3) loses an error that is thrown inside it.
    if let plain = try Self.plain(container, tag) {
      self = plain
    } else if let tensor = try Self.tensorLike(container, tag) {
      self = tensor
    } else if let symbol = try Self.symbolic(container, tag) {
      self = symbol
    } else {
      self = .unsupported(tag.stringValue, try container.decode(JSONValue.self, forKey: tag))
    }
  }

  private typealias Container = KeyedDecodingContainer<Tag>

  private static func plain(_ container: Container, _ tag: Tag) throws -> ExportArgument? {
    switch tag.stringValue {
    case "as_none": .some(.none)
    case "as_int": .int(try container.decode(Int.self, forKey: tag))
    case "as_ints": .ints(try container.decode([Int].self, forKey: tag))
    case "as_float": .double(try container.decode(ExportNumber.self, forKey: tag).double)
    case "as_floats":
      .doubles(try container.decode([ExportNumber].self, forKey: tag).map(\.double))
    case "as_bool": .bool(try container.decode(Bool.self, forKey: tag))
    case "as_bools": .bools(try container.decode([Bool].self, forKey: tag))
    case "as_string": .string(try container.decode(String.self, forKey: tag))
    case "as_scalar_type": .scalarType(try container.decode(Int.self, forKey: tag))
    case "as_memory_format": .memoryFormat(try container.decode(Int.self, forKey: tag))
    case "as_layout": .layout(try container.decode(Int.self, forKey: tag))
    default: nil
    }
  }

  private static func tensorLike(_ container: Container, _ tag: Tag) throws -> ExportArgument? {
    switch tag.stringValue {
    case "as_tensor": return .tensor(try container.decode(Named.self, forKey: tag).name)
    case "as_tensors": return .tensors(try container.decode([Named].self, forKey: tag).map(\.name))
    case "as_optional_tensors":
      let list = try container.decode([ExportArgument].self, forKey: tag)
      return .optionalTensors(list.map { if case .tensor(let name) = $0 { name } else { nil } })
    case "as_optional_tensor": return try container.decode(ExportArgument.self, forKey: tag)
    case "as_device":
      let device = try container.decode(Device.self, forKey: tag)
      return .device(device.index.map { "\(device.type):\($0)" } ?? device.type)
    case "as_graph":
      let body = try container.decode(SubGraph.self, forKey: tag)
      return .graph(body.name, body.graph)
    default: return nil
    }
  }

  private static func symbolic(_ container: Container, _ tag: Tag) throws -> ExportArgument? {
    if let kind = SymbolTag(rawValue: tag.stringValue) {
      switch try container.decode(ExportNumber.self, forKey: tag) {
      case .name(let name): return .symbol(name, tag: kind)
      case .int(let value): return .int(value)
      case .double(let value): return .double(value)
      case .bool(let value): return .bool(value)
      }
    }
    guard let kind = SymbolListTag(rawValue: tag.stringValue) else { return nil }
    return .symbols(try container.decode([ExportNumber].self, forKey: tag), tag: kind)
  }
}

extension ExportNumber: Codable {
  private enum Key: String, CodingKey {
    case as_name, as_int, as_float, as_bool
  }

  var double: Double {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    case .bool(let value): value ? 1 : 0
    case .name(let name): Double(name) ?? .nan
    }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self), !container.allKeys.isEmpty {
      if let name = try container.decodeIfPresent(String.self, forKey: .as_name) {
        self = .name(name)
      } else if let value = try container.decodeIfPresent(Int.self, forKey: .as_int) {
        self = .int(value)
      } else if let value = try container.decodeIfPresent(Bool.self, forKey: .as_bool) {
        self = .bool(value)
      } else {
        self = .double(try container.decode(Double.self, forKey: .as_float))
      }
      return
    }
    // A bare number; infinities are written as words.
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .double(value)
    } else {
      let word = try container.decode(String.self)
      self = .double(word.hasPrefix("-") ? -.infinity : word == "NaN" ? .nan : .infinity)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .name(let name): try container.encode(name, forKey: .as_name)
    case .int(let value): try container.encode(value, forKey: .as_int)
    case .double(let value): try container.encode(value, forKey: .as_float)
    case .bool(let value): try container.encode(value, forKey: .as_bool)
    }
  }
}
