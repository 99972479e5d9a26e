/// One problem on its way.
struct SearchState {
  let problem: Int
  /// z₀.
  let centre: [Double]
  /// The point to evaluate next.
  private(set) var trial: [Double]
  /// The best point so far under the multipliers, and its constraints.
  private(set) var point: [Double]
  private(set) var constraints: [Double] = []
  private(set) var multipliers = Multipliers(inequalityCount: 0, penalty: 1)
  private(set) var iterations = 0
  private(set) var updates = 0
  /// Whether the trial was taken, so that its gradients are wanted.
  private(set) var isFresh = false
  private(set) var ending: NearestPoint.Ending?
  /// ν: the step minimises the model plus ν times its own square.
  private(set) var damping = 0.0
  /// Gradients of some constraints at the point, row by row, and which ones they are of.
  var gradients: [Double] = []
  var columns: [Int] = []

  private var merit = Double.infinity
  private var promised = 0.0
  private var stepsSinceUpdate = 0
  private var stuckUpdates = 0
  /// Where the augmented Lagrangian stood some evaluations ago, and how many.
  private var earlierMerit = Double.infinity
  private var evaluationsSince = 0
  private var pointAtUpdate: [Double] = []

  private static let dampingLimit = 1e4

  init(problem: Int, centre: [Double], start: [Double]) {
    self.problem = problem
    self.centre = centre
    trial = start
    point = start
  }

  /// z − z₀.
  var offset: [Double] { zip(point, centre).map { $0 - $1 } }

  /// Whether no trial that damping allows would be another point.
  var isStuck: Bool { damping > Self.dampingLimit }

  func isFeasible(_ method: AugmentedLagrangian) -> Bool {
    guard let h = constraints.first, abs(h) <= method.tolerance else { return false }
    return constraints.dropFirst().allSatisfy { $0 <= method.tolerance }
  }

  /// Takes the trial where it keeps at least a little of what the step promised.
  mutating func judge(_ found: [Double], _ method: AugmentedLagrangian) {
    iterations += 1
    if constraints.isEmpty {
      multipliers = Multipliers(inequalityCount: found.count - 1, penalty: method.penalty)
      return take(found)
    }
    if case .descent = method.minimiser { return take(found) }
    let better = merit - Self.merit(trial, centre, found, multipliers)
    // A NaN is not better.
    if better > 1e-4 * promised {
      damping = better > 0.75 * promised ? (damping < 0.1 ? 0 : damping / 4) : damping
      if better < 0.25 * promised { damping = max(1, damping * 2) }
      take(found)
    } else {
      isFresh = false
      damping = max(1, damping * 4)
    }
  }

  private mutating func take(_ found: [Double]) {
    point = trial
    constraints = found
    stepsSinceUpdate += 1
    isFresh = true
    merit = Self.merit(point, centre, found, multipliers)
  }

  /// Ends the search, updates the multipliers or leaves things as they are.
  ///
  /// - Parameter isStationary: Whether the augmented Lagrangian is at its minimum, as far as asked.
  mutating func conclude(isStationary: Bool, stepLimit: Int, _ method: AugmentedLagrangian) {
    let isFeasible = isFeasible(method)
    let isDone = isStationary || isStuck || hasSlowed(method)
    if isFeasible && isDone { return ending = .converged }
    if iterations >= method.iterationLimit {
      return ending = isFeasible ? .unsettled : .infeasible
    }
    guard isDone || stepsSinceUpdate >= stepLimit else { return }
    stuckUpdates = isStuck ? stuckUpdates + 1 : 0
    // Multipliers that grow without moving the point will not move it later.
    if stuckUpdates > 20 { return ending = .infeasible }
    if case .descent = method.minimiser, isFeasible, hasSettled { return ending = .converged }
    multipliers.update(constraints, growth: method.growth, decrease: method.decrease)
    merit = Self.merit(point, centre, constraints, multipliers)
    updates += 1
    stepsSinceUpdate = 0
    damping /= 4
    pointAtUpdate = point
    (earlierMerit, evaluationsSince) = (merit, 0)
  }

  /// Whether the last evaluations brought next to nothing: at the kinks of rectifiers the gradient
  /// never vanishes, and steps become ever shorter.
  private mutating func hasSlowed(_ method: AugmentedLagrangian) -> Bool {
    guard case .gaussNewton = method.minimiser else { return false }
    evaluationsSince += 1
    guard evaluationsSince >= Self.patience else { return false }
    let gain = earlierMerit - merit
    (earlierMerit, evaluationsSince) = (merit, 0)
    return gain <= method.progress * Self.squares(offset)
  }

  /// Evaluations over which progress is judged.
  private static let patience = 4

  /// Ends the search where it stands.
  mutating func giveUp() { ending = .infeasible }

  /// Whether the point has hardly moved between two updates.
  private var hasSettled: Bool {
    guard !pointAtUpdate.isEmpty else { return false }
    let moved = Self.squares(zip(point, pointAtUpdate).map { $0 - $1 })
    return moved <= 1e-4 * Self.squares(offset)
  }

  /// Sets out for a point.
  ///
  /// - Parameter promised: By how much the model says that the augmented Lagrangian falls.
  mutating func tryPoint(offsetBy step: [Double], promised: Double) {
    trial = zip(point, step).map { $0 + $1 }
    self.promised = promised
    // What is less than rounding would hide is no promise.
    if promised <= 1e-9 * (1 + abs(merit)) { damping = 2 * Self.dampingLimit }
  }

  func found(_ ending: NearestPoint.Ending) -> NearestPoint {
    NearestPoint(
      point: point, constraints: constraints, multipliers: multipliers, iterations: iterations,
      updates: updates, ending: ending)
  }

  private static func merit(
    _ point: [Double], _ centre: [Double], _ constraints: [Double], _ multipliers: Multipliers
  ) -> Double {
    squares(zip(point, centre).map { $0 - $1 }) + multipliers.term(of: constraints)
  }

  static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
}
