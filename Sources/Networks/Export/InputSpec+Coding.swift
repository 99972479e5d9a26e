extension InputSpec: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case user_input, parameter, buffer, tensor_constant, custom_obj, token, constant_input
  }

  private struct Named: Codable {
    var name: String
  }
  private struct Fixed: Codable {
    var name: String
    var value: ExportArgument
  }
  private struct User: Codable {
    var arg: ExportArgument
  }
  private struct Parameter: Codable {
    var arg: Named
    var parameter_name: String
  }
  private struct Buffer: Codable {
    var arg: Named
    var buffer_name: String
    var persistent: Bool
  }
  private struct Constant: Codable {
    var arg: Named
    var tensor_constant_name: String
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let parameter = try container.decodeIfPresent(Parameter.self, forKey: .parameter) {
      self = .weight(name: parameter.arg.name, parameter: parameter.parameter_name)
    } else if let buffer = try container.decodeIfPresent(Buffer.self, forKey: .buffer) {
      self = .buffer(
        name: buffer.arg.name, buffer: buffer.buffer_name, persistent: buffer.persistent)
    } else if let constant = try container.decodeIfPresent(Constant.self, forKey: .tensor_constant)
    {
      self = .constant(name: constant.arg.name, constant: constant.tensor_constant_name)
    } else if let user = try container.decodeIfPresent(User.self, forKey: .user_input),
      case .tensor(let name) = user.arg
    {
      self = .user(name: name)
    } else if let fixed = try container.decodeIfPresent(Fixed.self, forKey: .constant_input),
      let value = fixed.value.fixed
    {
      self = .fixed(name: fixed.name, value)
    } else {
      guard let key = container.allKeys.first else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "an input has no kind"))
      }
      self = .other(key.rawValue, try container.decode(JSONValue.self, forKey: key))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .user(let name):
      try container.encode(User(arg: .tensor(name)), forKey: .user_input)
    case .fixed(let name, let value):
      try container.encode(
        Fixed(name: name, value: ExportArgument(value)), forKey: .constant_input)
    case .weight(let name, let parameter):
      try container.encode(
        Parameter(arg: Named(name: name), parameter_name: parameter), forKey: .parameter)
    case .buffer(let name, let buffer, let persistent):
      try container.encode(
        Buffer(arg: Named(name: name), buffer_name: buffer, persistent: persistent),
        forKey: .buffer)
    case .constant(let name, let constant):
      try container.encode(
        Constant(arg: Named(name: name), tensor_constant_name: constant), forKey: .tensor_constant)
    case .other(let kind, let value):
      if let key = Key(rawValue: kind) { try container.encode(value, forKey: key) }
    }
  }
}

extension ExportArgument {
  /// What an input was exported with.
  init(_ value: FixedValue) {
    self =
      switch value {
      case .none: .none
      case .int(let value): .int(value)
      case .double(let value): .double(value)
      case .bool(let value): .bool(value)
      case .string(let value): .string(value)
      }
  }

  /// The same of an argument that is no tensor.
  fileprivate var fixed: FixedValue? {
    switch self {
    case .none: .some(.none)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .bool(let value): .bool(value)
    case .string(let value): .string(value)
    default: nil
    }
  }
}
