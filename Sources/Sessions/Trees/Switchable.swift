/// A value, or “off”.
public enum Switchable<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  /// Switched off.
  case off
  /// Set to a value.
  case on(Value)

  /// The value; `nil` for off.
  public var value: Value? { if case .on(let value) = self { value } else { nil } }

  /// Reads a value, or the word `off`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let word = try? container.decode(String.self), word == "off" {
      self = .off
    } else {
      self = .on(try container.decode(Value.self))
    }
  }

  /// Writes the value, or the word `off`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .off: try container.encode("off")
    case .on(let value): try container.encode(value)
    }
  }
}
