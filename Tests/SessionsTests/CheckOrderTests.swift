import Faithfulness
import Testing

@testable import Sessions

/// Known answers: which method comes first.
@Suite struct CheckOrderTests {
  static func result(_ count: Int, own: Double, controls: [Double]) -> CheckResult {
    let curve = ContrastCurve(counts: [0, count], fact: [-0.5, -1], foil: [-1, -2])
    return CheckResult(
      metrics: ContrastMetrics(curve, salientCount: count, featureCount: 100), curve: curve,
      drops: count > 0
        ? .init(
          own: own, controls: controls,
          by: SequentialTest(draws: controls.count, significance: 0.05, stopsEarly: false)) : nil,
      significance: 0.05)
  }

  @Test func `those that pass come first, then smaller p, then the larger fall`() {
    let controls = (0..<99).map(Double.init)
    let low = controls.map { $0 - 50 }
    let results = [
      Self.result(0, own: 0, controls: []),  // shows nothing
      Self.result(5, own: 40, controls: controls),  // p = 0.6
      Self.result(5, own: 99.5, controls: controls),  // passes, 50.5 more than the mean
      Self.result(5, own: 90.5, controls: controls),  // p = 0.09
      Self.result(5, own: 99.5, controls: low),  // passes, 100.5 more than the mean
      Self.result(5, own: 40, controls: controls),  // as the second
    ]
    let order = results.indices.sorted {
      CheckOrder.rank([results[$0]], $0) < CheckOrder.rank([results[$1]], $1)
    }
    #expect(order == [4, 2, 3, 1, 5, 0])
  }
}
