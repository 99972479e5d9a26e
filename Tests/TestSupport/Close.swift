public import Tensors
public import Testing

/// Expects arrays to agree element by element, within a fraction of the reference's largest
/// magnitude, and names the worst element where they do not.
public func expectClose(
  _ found: [Float], _ expected: [Float], within tolerance: Float, of what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count, !expected.isEmpty else {
    Issue.record(
      "\(what): \(found.count) elements where \(expected.count) are expected",
      sourceLocation: sourceLocation)
    return
  }
  let scale = max(expected.map(abs).max() ?? 0, .leastNormalMagnitude)
  let (worst, largest) = worstDifference(found, expected)
  let message =
    "\(what): element \(worst) is \(found[worst]), expected \(expected[worst]); "
    + "off by \(largest / scale) of the largest magnitude \(scale)"
  #expect(largest <= tolerance * scale, Comment(rawValue: message), sourceLocation: sourceLocation)
}

/// Expects tensors to have one shape and to agree element by element.
public func expectClose(
  _ found: Tensor, _ expected: Tensor, within tolerance: Float, of what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try #require(found.shape == expected.shape, sourceLocation: sourceLocation)
  expectClose(
    try found.floats(), try expected.floats(), within: tolerance, of: what,
    sourceLocation: sourceLocation)
}

/// The place and size of the largest difference; a NaN is larger than any number.
public func worstDifference(_ found: [Float], _ expected: [Float]) -> (index: Int, size: Float) {
  var worst = (index: 0, size: Float(-1))
  for (i, pair) in zip(found, expected).enumerated() {
    let size = abs(pair.0 - pair.1)
    if size.isNaN { return (i, size) }
    if size > worst.size { worst = (i, size) }
  }
  return worst
}
