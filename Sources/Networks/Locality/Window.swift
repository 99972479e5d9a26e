/// How the places of an operator's result depend on those of its input along one axis: result i reads
/// places `i·stride − padding + dilation·(0 ..< length)`.
struct Window {
  let length: Int
  let stride: Int
  let padding: Int
  let dilation: Int

  /// How far the last place that a result reads lies behind the first.
  private var reach: Int { dilation * (length - 1) }

  /// The results that read any of some places; `nil` where none does.
  func results(reading places: Range<Int>, of count: Int) -> Range<Int>? {
    let low = max(0, (places.lowerBound + padding - reach + stride - 1).floored(by: stride))
    let high = min(count - 1, (places.upperBound - 1 + padding).floored(by: stride))
    return low <= high ? low..<high + 1 : nil
  }

  /// The places that some results read; these may lie beyond the input, in its padding.
  func places(readBy results: Range<Int>) -> Range<Int> {
    let low = results.lowerBound * stride - padding
    return low..<(results.upperBound - 1) * stride - padding + reach + 1
  }
}

extension Int {
  /// The quotient, rounded down.
  fileprivate func floored(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
