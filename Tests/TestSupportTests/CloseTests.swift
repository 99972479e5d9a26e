import TestSupport
import Testing

/// The comparison that all parity rests on must be able to fail.
@Suite struct CloseTests {
  @Test(arguments: [[Float.nan, 0], [0, .nan], [.infinity, 0], [0, 0.1], [0.1, 0], [0]])
  func `a difference, a NaN or a missing element is seen wherever it is`(found: [Float]) {
    withKnownIssue { expectClose(found, [0, 1e-9], within: 1e-4) }
  }

  @Test func `what is equal within the tolerance passes`() {
    expectClose([1, 2.0001], [1, 2], within: 1e-4)
  }
}
