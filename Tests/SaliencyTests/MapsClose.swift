import Saliency
import TestSupport
import Testing

/// Expects as many maps as there should be, each as large as its reference, equal element by element,
/// their attributions too where they have any.
///
/// - Parameter count: How many there must be; comparing none is no comparison.
func expectClose(
  _ found: [SaliencyMap], _ expected: [SaliencyMap], count: Int, within tolerance: Float,
  of what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try #require(count > 0, "\(what): no map is expected", sourceLocation: sourceLocation)
  try #require(
    found.count == count && expected.count == count,
    "\(what): \(found.count) maps and \(expected.count) where \(count) are expected",
    sourceLocation: sourceLocation)
  for (i, pair) in zip(found, expected).enumerated() {
    let name = "\(what) map \(i)"
    try expectClose(
      pair.0.values, pair.1.values, within: tolerance, of: name, sourceLocation: sourceLocation)
    #expect(
      (pair.0.attribution == nil) == (pair.1.attribution == nil), "\(name)",
      sourceLocation: sourceLocation)
    if let own = pair.0.attribution, let other = pair.1.attribution {
      try expectClose(
        own, other, within: tolerance, of: "\(name) attribution", sourceLocation: sourceLocation)
    }
  }
}
