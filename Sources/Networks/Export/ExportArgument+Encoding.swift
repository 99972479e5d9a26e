extension ExportArgument {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Tag.self)
    func put(_ value: some Encodable, _ tag: String) throws {
      try container.encode(value, forKey: Tag(stringValue: tag))
    }
    switch self {
    case .none: try put(true, "as_none")
    case .tensor(let name): try put(Named(name: name), "as_tensor")
    case .tensors(let names): try put(names.map(Named.init), "as_tensors")
    case .optionalTensors(let names):
      try put(names.map { $0.map(ExportArgument.tensor) ?? .none }, "as_optional_tensors")
    case .int(let value): try put(value, "as_int")
    case .ints(let values): try put(values, "as_ints")
    case .double(let value): try putNumber(value, "as_float", &container)
    case .doubles(let values): try put(values, "as_floats")
    case .bool(let value): try put(value, "as_bool")
    case .bools(let values): try put(values, "as_bools")
    case .string(let value): try put(value, "as_string")
    case .symbol(let name, let tag): try put(ExportNumber.name(name), tag.rawValue)
    case .symbols(let numbers, let tag): try put(numbers, tag.rawValue)
    case .scalarType(let value): try put(value, "as_scalar_type")
    case .memoryFormat(let value): try put(value, "as_memory_format")
    case .layout(let value): try put(value, "as_layout")
    case .device(let name):
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      try put(
        Device(type: String(parts[0]), index: parts.count > 1 ? Int(parts[1]) : nil), "as_device")
    case .graph(let name, let graph): try put(SubGraph(name: name, graph: graph), "as_graph")
    case .unsupported(let tag, let value): try put(value, tag)
    }
  }

  // JSON has no infinities; the format writes them as words.
  private func putNumber(
    _ value: Double, _ tag: String, _ container: inout KeyedEncodingContainer<Tag>
  ) throws {
    let key = Tag(stringValue: tag)
    if value.isFinite { return try container.encode(value, forKey: key) }
    try container.encode(
      value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity", forKey: key)
  }
}
