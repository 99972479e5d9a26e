/// The value of a setting as manifests hold it: a number, a word, yes or no, or several of them.
public enum SettingValue: Hashable, Sendable {
  /// A number.
  case number(Double)
  /// Yes or no.
  case flag(Bool)
  /// A word or a sentence.
  case text(String)
  /// Several values, such as the sides of a window.
  case list([SettingValue])

  /// Reads a value as commands take it: what is a finite number is one, anything else a word.
  public init(reading text: String) {
    if let number = Double(text), number.isFinite {
      self = .number(number)
    } else {
      self = .text(text)
    }
  }

  /// The word, where it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The number, where it is one.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension SettingValue: Codable {
  /// Reads a number, a string, a boolean or an array.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try container.decode([SettingValue].self))
    }
  }

  /// Writes a number, a string, a boolean or an array.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .text(let text): try container.encode(text)
    case .list(let values): try container.encode(values)
    }
  }
}

extension SettingValue: CustomStringConvertible {
  /// The value as people write it: whole numbers without a point, several with commas between.
  public var description: String {
    switch self {
    case .number(let number):
      Int(exactly: number).map(String.init) ?? "\(number)"
    case .flag(let flag): flag ? "yes" : "no"
    case .text(let text): text
    case .list(let values): values.map(\.description).joined(separator: ", ")
    }
  }
}

extension SettingValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  /// A number that the source names.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// A number that the source names.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// A word that the source names.
  public init(stringLiteral value: String) { self = .text(value) }

  /// Yes or no, as the source says.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}
