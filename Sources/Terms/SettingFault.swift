/// A setting that cannot be.
///
/// Settings are plain values, and whoever makes something of them checks them first: an explainer
/// before it explains, a measure before it measures. So it is all the same how a value came to be,
/// and nothing traps.
public struct SettingFault: Fault, Hashable {
  /// What is set.
  public let name: String
  /// What it is set to.
  public let found: String
  /// What it may be.
  public let expected: String

  /// Names a setting.
  public init(_ name: String, _ found: some CustomStringConvertible, expected: String) {
    (self.name, self.found, self.expected) = (name, found.description, expected)
  }

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String { "the setting “\(name)” is \(found), and must be \(expected)" }

  /// More than any computation needs, and far from where whole numbers end.
  public static let most = 1 << 24

  /// Fails where a whole number is out of a range; `nil` is none and may be.
  public static func check(
    _ name: String, _ value: Int?, in range: ClosedRange<Int> = 1...most
  ) throws(SettingFault) {
    guard let value, !range.contains(value) else { return }
    throw SettingFault(
      name, value, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Fails where a number is out of a range, or no number.
  public static func check(
    _ name: String, _ value: some BinaryFloatingPoint & CustomStringConvertible,
    in range: ClosedRange<Double>
  ) throws(SettingFault) {
    if range.contains(Double(value)) { return }
    throw SettingFault(
      name, value, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Fails where a number is not finite and above 0.
  public static func check(
    _ name: String, isPositive value: some BinaryFloatingPoint & CustomStringConvertible
  ) throws(SettingFault) {
    if value > 0, value.isFinite { return }
    throw SettingFault(name, value, expected: "a finite number above 0")
  }
}
