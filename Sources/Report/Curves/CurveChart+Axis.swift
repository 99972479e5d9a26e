internal import Foundation

extension CurveChart {
  /// An axis: its ends and round numbers between them.
  struct Axis {
    let range: ClosedRange<Double>
    let ticks: [Double]
    private let digits: Int

    /// - Parameter isOpen: Whether the ends may move out to round numbers.
    init(_ wanted: ClosedRange<Double>, isOpen: Bool, steps: Int) {
      let length = wanted.upperBound - wanted.lowerBound
      let step = Self.round(length / Double(steps))
      // A hundredth of a step hides the rounding of the division.
      let first =
        (isOpen ? floor(wanted.lowerBound / step + 0.01) : ceil(wanted.lowerBound / step - 0.01))
      let last =
        (isOpen ? ceil(wanted.upperBound / step - 0.01) : floor(wanted.upperBound / step + 0.01))
      // Plus nothing, for there is a zero below zero.
      ticks = stride(from: first, through: max(first, last), by: 1).map { $0 * step + 0 }
      digits = max(0, -Int(floor(log10(step) + 1e-9)))
      range =
        isOpen
        ? min(first * step, wanted.lowerBound)...max(last * step, wanted.upperBound) : wanted
    }

    /// The range of numbers, zero included; where all are zero, up to one.
    static func range(_ numbers: [Double]) -> ClosedRange<Double> {
      let (low, high) = (min(0, numbers.min() ?? 0), max(0, numbers.max() ?? 0))
      return low < high ? low...high : 0...1
    }

    /// Where a number lies, 0…1 within the range.
    func part(_ value: Double) -> Double {
      (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    /// A number of the axis: as many decimals as its steps need, thousands apart.
    func text(_ value: Double) -> String {
      if digits > 0 { return String(format: "%.\(digits)f", value).replacing("-", with: "−") }
      return Self.grouped(Int(value.rounded()))
    }

    /// A count with its thousands apart.
    static func grouped(_ count: Int) -> String {
      var text = String(abs(count))
      // Thin spaces that do not break.
      for place in stride(from: text.count - 3, to: 0, by: -3) {
        text.insert("\u{202F}", at: text.index(text.startIndex, offsetBy: place))
      }
      return (count < 0 ? "−" : "") + text
    }

    /// The next of 1, 2 and 5 times a power of ten.
    private static func round(_ step: Double) -> Double {
      let power = pow(10, floor(log10(step)))
      let lead = step / power
      return (lead <= 1.001 ? 1 : lead <= 2.001 ? 2 : lead <= 5.001 ? 5 : 10) * power
    }
  }
}
