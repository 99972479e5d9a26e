import Statistics
import TestSupport
import Testing

/// Known answers.
@Suite struct HolmTests {
  @Test
  func `the smallest is multiplied by the count, the next by one less, none falls below another`() {
    // In rising order 4 × .005, 3 × .01, 2 × .03, and 1 × .04, which is raised to the one before.
    expectRelativelyClose(
      Holm.adjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02], within: 1e-12)
  }

  @Test func `none exceeds one, equal ones stay equal, and one alone stays what it is`() {
    #expect(Holm.adjusted([0.6, 0.5, 0.5]) == [1, 1, 1])
    #expect(Holm.adjusted([0.2]) == [0.2])
    #expect(Holm.adjusted([]) == [])
  }

  @Test func `what has no p-value is counted and stays what it is`() {
    let adjusted = Holm.adjusted([0.04, .nan, 0.01])
    #expect(adjusted[1].isNaN)
    expectRelativelyClose([adjusted[0], adjusted[2]], [0.08, 0.03], within: 1e-12)
  }
}
