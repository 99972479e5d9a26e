internal import Foundation

/// Numbers of one table written alike: three digits of the largest, in one power of ten.
struct ScaledNumbers: Hashable, Sendable {
  /// The power of ten that numbers are written in; 0 for plain decimals.
  let power: Int
  private let digits: Int
  private let isSigned: Bool

  /// - Parameter values: What is to be written.
  init(of values: [Double]) {
    // Log-odds of what the foil has nothing of are infinite, and say nothing of the others' size.
    let largest = values.filter(\.isFinite).map(abs).max() ?? 0
    let magnitude = largest > 0 ? Int(floor(log10(largest))) : 0
    // What is below a tenth would be written with leading zeros.
    power = magnitude < -1 ? magnitude : 0
    digits = magnitude < -1 ? 2 : max(0, 2 - magnitude)
    isSigned = values.contains { $0 < 0 }
  }

  /// A number with its power: “7.54 × 10⁻³”.
  func text(_ value: Double) -> String {
    power == 0 || !value.isFinite ? short(value) : "\(short(value)) × 10\(Self.superscript(power))"
  }

  /// A number in units of the power: “7.54”.
  func short(_ value: Double) -> String {
    if value.isNaN { return Self.none }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let text = String(format: "%.\(digits)f", abs(value) / pow(10, Double(power)))
    let isZero = !text.contains { "123456789".contains($0) }
    return (value < 0 && !isZero ? "−" : "") + Self.grouped(text)
  }

  /// A difference in units of the power, with its sign: “+0.12”.
  func difference(_ value: Double) -> String {
    let text = short(value)
    return text.hasPrefix("−") || !text.contains { "123456789∞".contains($0) } ? text : "+" + text
  }

  /// A p-value: “0.023”, “3e-7”.
  static func p(_ value: Double) -> String {
    if value.isNaN { return none }
    if value >= 0.9995 { return "1" }
    if value >= 0.001 { return String(format: value < 0.1 ? "%.3f" : "%.2f", value) }
    if value == 0 { return "0" }
    let parts = String(format: "%.0e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)"
  }

  /// What stands where there is no number.
  private static let none = "–"

  private static func superscript(_ number: Int) -> String {
    let raised = Dictionary(uniqueKeysWithValues: zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return String(String(number).map { raised[$0] ?? $0 })
  }

  /// Thousands apart, as in “2,029”.
  private static func grouped(_ text: String) -> String {
    guard !text.contains("."), text.count > 3 else { return text }
    let groups = stride(from: text.count % 3, through: text.count, by: 3)
    var parts: [Substring] = []
    var rest = text[...]
    for end in groups {
      let length = end - (text.count - rest.count)
      if length > 0 { parts.append(rest.prefix(length)) }
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: ",")
  }
}
