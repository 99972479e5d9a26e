import Foundation
import Statistics
import TestSupport
import Testing

/// Known answers and bad input; parity is in `SciPyTests`.
@Suite struct DistributionTests {
  /// P(T > t) = ½ − arctan(t)/π, so t = cot(πp), which is 1/(πp) far out.
  @Test(arguments: [1e-300, 1e-100, 1e-12])
  func `one degree of freedom has tails in closed form`(tail: Double) {
    let student = StudentT(degreesOfFreedom: 1)
    expectRelativelyClose([student.upperQuantile(tail)], [1 / (.pi * tail)], within: 1e-14)
    // The square of a t of 1e300 is too large to say, and its tail is said to be 0.
    if tail > 1e-150 {
      expectRelativelyClose([student.upperTail(1 / (.pi * tail))], [tail], within: 1e-14)
    }
  }

  /// With ν = 2, t = (1 − 2p)/√(2p(1 − p)).
  @Test(arguments: [1e-300, 1e-100, 1e-5, 0.2])
  func `two degrees of freedom have quantiles in closed form`(tail: Double) {
    let expected = (1 - 2 * tail) / (2 * tail * (1 - tail)).squareRoot()
    expectRelativelyClose(
      [StudentT(degreesOfFreedom: 2).upperQuantile(tail)], [expected], within: 1e-14)
  }

  /// SciPy 1.17 says −∞ here. t^−ν falls by 10²⁰⁰ where t grows by 10^(200/ν).
  @Test func `quantiles far out of broken degrees of freedom follow the tail's power`() {
    let student = StudentT(degreesOfFreedom: 3.7)
    let ratio = student.upperQuantile(1e-300) / student.upperQuantile(1e-100)
    expectRelativelyClose([ratio], [pow(10, 200 / 3.7)], within: 1e-12)
    expectRelativelyClose(
      [student.upperTail(student.upperQuantile(1e-300))], [1e-300], within: 1e-12)
  }

  @Test func `both tails are exact`() {
    for student in [1, 2.5, 40].map({ StudentT(degreesOfFreedom: $0) }) {
      #expect(student.lowerTail(-30) == student.upperTail(30))
      #expect(student.upperTail(30) > 0)
    }
    #expect(Normal.lowerTail(-30) == Normal.upperTail(30))
    #expect(Normal.upperTail(30) > 0)
    #expect(Normal.upperQuantile(0.5) == 0)
  }

  @Test func `what lies outside of a domain is no number`() {
    #expect(StudentT(degreesOfFreedom: 0).lowerTail(1).isNaN)
    #expect(StudentT(degreesOfFreedom: -1).upperQuantile(0.1).isNaN)
    #expect(StudentT(degreesOfFreedom: 3).upperTail(.nan).isNaN)
    #expect(StudentT(degreesOfFreedom: 3).upperQuantile(1.5).isNaN)
    #expect(Normal.upperQuantile(-0.1).isNaN)
    #expect(Normal.upperQuantile(0) == .infinity)
    #expect(StudentT(degreesOfFreedom: 3).upperTail(.infinity) == 0)
  }

  /// All of n trials: high 1, low (α/2)^(1/n); Wilson's n/(n + z²).
  @Test func `proportions at the border are those in closed form`() throws {
    let all = try Proportion(10, of: 10)
    let (exact, wilson) = try (all.clopperPearson(), all.wilson())
    let z = Normal.upperQuantile(0.025)
    expectRelativelyClose(
      [exact.low, wilson.low], [pow(0.025, 0.1), 10 / (10 + z * z)], within: 1e-14)
    #expect(exact.high == 1 && wilson.high == 1)
    let none = try Proportion(0, of: 10)
    #expect(try none.clopperPearson().low == 0)
    #expect(try none.wilson().low == 0)
    expectRelativelyClose([try none.wilson().high], [1 - wilson.low], within: 1e-14)
  }

  @Test func `impossible proportions and levels are refused`() throws {
    #expect(throws: StatisticsError.impossibleProportion(successes: 0, trials: 0)) {
      try Proportion(0, of: 0)
    }
    #expect(throws: StatisticsError.impossibleProportion(successes: -1, trials: 4)) {
      try Proportion(-1, of: 4)
    }
    for level in [0, 1, 95, -0.5, Double.nan] {
      #expect(throws: StatisticsError.self) { try Proportion(1, of: 4).wilson(level: level) }
    }
  }
}
