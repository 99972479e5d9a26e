import Counterfactuals
import Tensors
import Terms
import TestSupport
import Testing

@Suite("AugmentedLagrangian: known optima, multipliers, infeasible problems")
struct AugmentedLagrangianTests {
  static let methods = [
    tight(AugmentedLagrangian()),
    tight(AugmentedLagrangian(minimiser: .descent(rate: 0.05, steps: 60), iterationLimit: 20_000)),
  ]

  /// Closer than a network needs, so that answers can be held against closed forms.
  private static func tight(_ method: AugmentedLagrangian) -> AugmentedLagrangian {
    var method = method
    (method.tolerance, method.stationarity, method.progress) = (1e-6, 1e-5, 0)
    return method
  }

  private func solved(
    _ method: AugmentedLagrangian, _ problems: ToyProblems, _ centre: [Double]
  ) throws -> NearestPoint {
    let found = try method.solve(problems, nearestTo: [centre])
    return try #require(found.first)
  }

  private func expect(
    _ found: [Double], near expected: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for i in found.indices.prefix(expected.count) {
      let (own, wanted) = (found[i], expected[i])
      // |h| ≤ 1e-6 leaves about 1e-6 in the point and, over the penalty of 1, in the multipliers.
      #expect(
        abs(own - wanted) < 1e-4, "\(what) \(i): \(own), not \(wanted)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: methods)
  func `the nearest point of a plane is the foot of the perpendicular`(
    method: AugmentedLagrangian
  ) throws {
    // h = aᵀz − b: z = z₀ − a(aᵀz₀ − b)/‖a‖², λ = 2(aᵀz₀ − b)/‖a‖² with a = (1, 2, 2), b = 3.
    let found = try solved(method, .linear([[1, 2, 2]], [3]), [4, 2, 2])
    #expect(found.ending == .converged)
    expect(found.point, near: [3, 0, 0], "coordinate")
    expect([found.multipliers.weights(of: found.constraints)[0]], near: [2], "λ")
  }

  @Test(arguments: methods)
  func `a constraint that holds the point back has a positive multiplier, and others none`(
    method: AugmentedLagrangian
  ) throws {
    // h = z₁ + z₂ − 2, g₁ = z₁ − 0.5, g₂ = z₂ − 10 from the origin: 2z + λ(1, 1) + μ₁(1, 0) = 0.
    let found = try solved(
      method, .linear([[1, 1], [1, 0], [0, 1]], [2, 0.5, 10]), [0, 0])
    #expect(found.ending == .converged)
    expect(found.point, near: [0.5, 1.5], "coordinate")
    expect(found.multipliers.weights(of: found.constraints), near: [-3, 2, 0], "multiplier")
  }

  @Test(arguments: methods)
  func `the nearest point of a circle lies on the ray from its centre`(
    method: AugmentedLagrangian
  ) throws {
    // h = ‖z‖² − 4 from (3, 4): z = (1.2, 1.6), and 2(z − z₀) + λ2z = 0 gives λ = 1.5.
    let circle = ToyProblems { try $0.squared().sum(axes: [1]).withAxis(at: 1) - 4 }
    var method = method
    // The circle is steeper than the planes: 2 + c(2‖z‖)² bounds the rate.
    if case .descent = method.minimiser {
      method = Self.tight(
        AugmentedLagrangian(minimiser: .descent(rate: 0.008, steps: 300), iterationLimit: 20_000))
    }
    let found = try solved(method, circle, [3, 4])
    #expect(found.ending == .converged)
    expect(found.point, near: [1.2, 1.6], "coordinate")
    expect([found.multipliers.weights(of: found.constraints)[0]], near: [1.5], "λ")
  }

  @Test func `λ has the sign of what has to be pushed down`() throws {
    for (start, sign) in [(3.0, 1.0), (-3.0, -1.0)] {
      let found = try solved(Self.methods[0], .linear([[1]], [0]), [start])
      #expect(
        found.multipliers.weights(of: found.constraints)[0] * sign > 0, "from z₀ = \(start)")
    }
  }

  @Test(arguments: methods)
  func `constraints that contradict each other end as infeasible`(
    method: AugmentedLagrangian
  ) throws {
    var method = method
    method.iterationLimit = 400
    // z₁ = 0, and 1 − z₁ ≤ 0.
    let found = try solved(method, .linear([[1], [-1]], [0, -1]), [0.3])
    #expect(found.ending == .infeasible)
  }

  @Test(arguments: methods)
  func `a level that is never reached ends as infeasible`(method: AugmentedLagrangian) throws {
    var method = method
    method.iterationLimit = 400
    let bowl = ToyProblems { try $0.squared().sum(axes: [1]).withAxis(at: 1) + 1 }
    let found = try solved(method, bowl, [1, 1])
    #expect(found.ending == .infeasible)
  }

  @Test func `values that are not numbers end as infeasible`() throws {
    var method = Self.methods[0]
    method.iterationLimit = 50
    let broken = ToyProblems { try $0.sum(axes: [1]).withAxis(at: 1).log() - 100 }
    let found = try solved(method, broken, [-1, -1])
    #expect(found.ending == .infeasible)
  }

  @Test(arguments: [1, 3, 64])
  func `problems do not depend on those beside them`(batch: Int) throws {
    var method = Self.methods[0]
    method.batch = batch
    let problems = ToyProblems.linear([[1, 1], [1, 0], [0, 1]], [2, 0.5, 10])
    let centres = (0..<7).map { [Double($0) * 0.7 - 2, Double($0 * $0) * 0.1] }
    let together = try method.solve(problems, nearestTo: centres)
    for (centre, found) in try paired(centres, together) {
      let alone = try solved(method, problems, centre)
      #expect(found.ending == .converged)
      // Problems beside one another may have other constraints' gradients taken with theirs.
      expect(found.point, near: alone.point, "coordinate")
    }
  }

  @Test func `progress ends with every problem done, and throwing stops`() throws {
    let problems = ToyProblems.linear([[1, 1]], [2])
    var told: [ProgressUpdate] = []
    _ = try Self.methods[0].solve(problems, nearestTo: [[0, 0], [1, 5]]) { told.append($0) }
    #expect(told.last?.fraction == 1 && told.dropLast().allSatisfy { $0.fraction < 1 })
    #expect(zip(told, told.dropFirst()).allSatisfy { $0.completed <= $1.completed })
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      _ = try Self.methods[0].solve(problems, nearestTo: [[0, 0]]) { _ in throw Stop() }
    }
  }

  @Test func `Gauss–Newton needs few evaluations where constraints are linear`() throws {
    let found = try solved(
      Self.methods[0], .linear([[1, 1], [1, 0], [0, 1]], [2, 0.5, 10]), [0, 0])
    // One an update: with c = 1 and gradients of length 1 errors fall to about two thirds each time.
    #expect(found.iterations < 100, "\(found.iterations)")
  }
}
