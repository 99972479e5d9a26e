public import Testing

/// Expects numbers to agree within a fraction of each one's own magnitude.
public func expectRelativelyClose(
  _ found: [Double], _ expected: [Double], within tolerance: Double, floor: Double = 0,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count, !expected.isEmpty else {
    Issue.record(
      "\(what): \(found.count) elements where \(expected.count) are expected",
      sourceLocation: sourceLocation)
    return
  }
  let worst =
    zip(found, expected).enumerated().map { place, pair in
      // Equal infinities are close; NaN is never.
      let size = pair.0 == pair.1 ? 0 : abs(pair.0 - pair.1) / max(abs(pair.1), floor)
      return (place, size.isNaN ? .infinity : size)
    }.max { $0.1 < $1.1 } ?? (0, 0)
  let message =
    "\(what): element \(worst.0) is \(found[worst.0]), expected \(expected[worst.0]); "
    + "off by \(worst.1) of it"
  #expect(worst.1 <= tolerance, Comment(rawValue: message), sourceLocation: sourceLocation)
}
