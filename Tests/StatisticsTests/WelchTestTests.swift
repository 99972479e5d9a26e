import Statistics
import TestSupport
import Testing

/// Known answers, invariance, bad input; parity is in `SciPyTests`.
@Suite struct WelchTestTests {
  static let control = Summary(count: 15, mean: 9.714286, standardDeviation: 1.637473)
  static let gradCAM = Summary(count: 15, mean: 10.333333, standardDeviation: 1.759329)
  static let deepContrast = Summary(count: 15, mean: 10.666667, standardDeviation: 1.588650)

  /// Table 5.3 of the dissertation on deep contrastive explanation (2020), from its table 5.2.
  @Test(arguments: [
    (deepContrast, control, 0.0586), (gradCAM, control, 0.1635), (deepContrast, gradCAM, 0.2952),
  ])
  func `the published p-values of a user study come out`(
    first: Summary, second: Summary, published: Double
  ) throws {
    let test = try WelchTest(first, second, alternative: .greater)
    // Four decimals are printed.
    #expect(abs(test.pValue - published) <= 0.00005)
  }

  /// n = 2 each, s² = 2 and 8: errors² 1 and 4, t = −2/√5, ν = 25/(1 + 16).
  @Test func `t and its degrees of freedom are those by hand`() throws {
    let test = try WelchTest(Summary(of: [0, 2]), Summary(of: [1, 5]))
    expectRelativelyClose(
      [test.difference, test.t, test.degreesOfFreedom], [-2, -2 / 5.0.squareRoot(), 25.0 / 17],
      within: 1e-14)
  }

  /// With ν = 2, P(T > t) = (1 − t/√(2 + t²))/2.
  @Test func `two degrees of freedom have a tail in closed form`() throws {
    let test = try WelchTest(
      Summary(count: 2, mean: 3, standardDeviation: 1),
      Summary(count: 2, mean: 0, standardDeviation: 1),
      alternative: .greater)
    #expect(test.degreesOfFreedom == 2)
    // t = 3/√(½ + ½).
    expectRelativelyClose([test.pValue], [(1 - 3 / 11.0.squareRoot()) / 2], within: 1e-14)
    // t with p above it is (1 − 2p) / √(2p(1 − p)).
    let half = 0.95 / (2 * 0.025 * 0.975).squareRoot()
    expectRelativelyClose(
      [test.interval.low, test.interval.high], [3 - half, 3 + half], within: 1e-13)
  }

  @Test func `the sides of a test belong together`() throws {
    let (less, greater, both) = try (
      WelchTest(Self.gradCAM, Self.control, alternative: .less),
      WelchTest(Self.gradCAM, Self.control, alternative: .greater),
      WelchTest(Self.gradCAM, Self.control)
    )
    let swapped = try WelchTest(Self.control, Self.gradCAM, alternative: .less)
    // Tails are rounded on their own.
    expectRelativelyClose(
      [less.pValue + greater.pValue, both.pValue, swapped.pValue],
      [1, 2 * greater.pValue, greater.pValue], within: 1e-14)
    #expect(both.interval == greater.interval)
    #expect(swapped.t == -greater.t)
    #expect(swapped.interval.low == -greater.interval.high)
  }

  @Test func `groups that do not vary have the limits for p-values`() throws {
    let (one, two) = (
      Summary(count: 4, mean: 1, standardDeviation: 0),
      Summary(count: 9, mean: 2, standardDeviation: 0)
    )
    for alternative in Alternative.allCases {
      let test = try WelchTest(one, one, alternative: alternative)
      #expect(test.pValue == 1)
      #expect(test.t == 0)
      #expect(test.interval == Interval(low: 0, high: 0, level: 0.95))
    }
    #expect(try WelchTest(two, one).pValue == 0)
    #expect(try WelchTest(two, one, alternative: .greater).pValue == 0)
    #expect(try WelchTest(two, one, alternative: .less).pValue == 1)
    #expect(try WelchTest(two, one).degreesOfFreedom == 11)
    #expect(try WelchTest(two, one).t == .infinity)
  }

  @Test func `degrees of freedom survive tiny and huge deviations`() throws {
    for scale in [1e-200, 1e150] {
      let test = try WelchTest(
        Summary(count: 2, mean: 0, standardDeviation: scale),
        Summary(count: 2, mean: 0, standardDeviation: 2 * scale))
      expectRelativelyClose([test.degreesOfFreedom], [25.0 / 17], within: 1e-14)
    }
  }

  @Test func `groups without a spread are refused`() {
    let one = Summary(count: 1, mean: 1, standardDeviation: nil)
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) { try WelchTest(Self.control, one) }
    let wrong = Summary(count: 5, mean: 1, standardDeviation: -1)
    #expect(throws: StatisticsError.impossibleSummary(wrong)) { try WelchTest(Self.control, wrong) }
    #expect(throws: StatisticsError.levelOutOfRange(95)) {
      try WelchTest(Self.control, Self.gradCAM, level: 95)
    }
  }
}
