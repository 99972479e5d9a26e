import Counterfactuals
import Testing

/// Known answers.
@Suite struct SpotSurpriseTests {
  private func surprise(_ mass: Double, _ area: Double) -> Double {
    Spot(top: 0, left: 0, side: 6, massFraction: mass, areaFraction: area).surprise
  }

  @Test func `a square surprises by what it holds beyond its size`() {
    // 0.5 log 2 + 0.5 log(2/3) = 0.5 log(4/3)
    #expect(abs(surprise(0.5, 0.25) - 0.143841036) < 1e-9)
    // All of the mass: log 4, and nothing of the outside.
    #expect(abs(surprise(1, 0.25) - 1.386294361) < 1e-9)
    #expect(surprise(0.6, 0.05) > surprise(0.8, 0.4), "small and dense before large and full")
  }

  @Test func `no more than its size explains is no surprise`() {
    #expect(surprise(0.25, 0.25) == 0 && surprise(0.1, 0.25) == 0)
    #expect(surprise(1, 1) == 0 && surprise(0, 0) == 0)
  }
}
