internal import Foundation

/// Probabilities for people, small ones as well.
package enum ChanceText {
  /// “98.6 %”, and below one in a thousand “1 in 12 000”, by two digits.
  package static func of(_ probability: Float) -> String {
    if probability >= 0.001 { return String(format: "%.1f %%", probability * 100) }
    let most = 1e9
    let count = probability > 0 ? 1 / Double(probability) : .infinity
    guard count < most else { return "less than 1 in \(CurveChart.Axis.grouped(Int(most)))" }
    let unit = pow(10, floor(log10(count)) - 1)
    return "1 in \(CurveChart.Axis.grouped(Int((count / unit).rounded() * unit)))"
  }
}
