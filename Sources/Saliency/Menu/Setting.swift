/// A setting of an explainer as people write it, such as `steps=64`.
public struct Setting: Hashable, Sendable {
  /// What may be written behind the equals sign.
  public enum Form: Hashable, Sendable {
    /// A whole number.
    case count(ClosedRange<Int>)
    /// A number.
    case number(ClosedRange<Double>)
    /// One of some words.
    case choice([String])
    /// `black`, `white`, `mean`, `blur:σ`, `noise:σ`, or a picture's file.
    case baseline
    /// Anything; said in words.
    case text(String)
  }

  /// What it is called.
  public let key: String
  /// What holds where it is not given.
  public let defaultValue: String
  /// What may be written.
  public let form: Form
  /// What it does, in a few words.
  public let summary: String

  /// Describes a setting.
  public init(_ key: String, _ form: Form, default defaultValue: String, _ summary: String) {
    self.key = key
    self.form = form
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// What may be written, in words.
  public var expectation: String {
    switch form {
    case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      "a number from \(Self.plain(range.lowerBound)) to "
        + Self.plain(range.upperBound)
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .baseline:
      "black, white, mean, blur:SIGMA, noise:SIGMA, a colour #rrggbb or a picture's file"
    case .text(let words): words
    }
  }

  /// Whether a text is one that may be written.
  func admits(_ text: String) -> Bool {
    switch form {
    case .count(let range): Int(text).map(range.contains) ?? false
    case .number(let range): Double(text).map(range.contains) ?? false
    case .choice(let words): words.contains(text)
    case .baseline, .text: !text.isEmpty
    }
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }
}
