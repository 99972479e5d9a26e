/// The number that every random choice of a run follows from.
public struct Seed: Hashable, Sendable, Codable, ExpressibleByIntegerLiteral {
  /// The number itself.
  public let value: UInt64

  /// Makes a seed of a number.
  public init(_ value: UInt64) { self.value = value }

  /// Makes a seed of a literal.
  public init(integerLiteral value: UInt64) { self.value = value }

  /// Reads a plain number.
  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(UInt64.self)
  }

  /// Writes a plain number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
