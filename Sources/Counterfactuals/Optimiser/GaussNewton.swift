internal import Tensors

/// Damped Gauss–Newton steps on the augmented Lagrangian of many problems at once.
///
/// With `e = z − z₀`, the constraints linearised, `c(z + d) ≈ v + A d`, and `u` the shifted constraints of
/// ``Multipliers/shifted(_:)``, a step d minimises
///
///     ‖e + d‖² + ν‖d‖² + (c/2) { t_h² + Σ_j max(0, t_j)² },   t = u + A d
///
/// With α = 2(1 + ν) and the places where t pushes known, `(I + (c/α) A Aᵀ) t = u − (2/α) A e` there and
/// `d = −(1/α)(2e + c Aᵀ t)`; the places are found by trying, as in an active-set method.
struct GaussNewton {
  /// Constraints whose gradients are taken at a point, at most: h and those nearest to pushing.
  private static let columnLimit = 13
  /// Accepted steps after which multipliers are updated even short of the minimum.
  private static let stepLimit = 10

  func move(
    _ states: inout [SearchState], _ evaluated: ConstraintValues, _ method: AugmentedLagrangian
  ) throws {
    if states.contains(where: \.isFresh) { try refresh(&states, evaluated) }
    for i in states.indices where states[i].ending == nil {
      states[i].conclude(
        isStationary: isStationary(states[i], method.stationarity),
        stepLimit: Self.stepLimit, method)
    }
    try step(&states)
  }

  /// Takes the gradients of the constraints that matter at every fresh point.
  private func refresh(_ states: inout [SearchState], _ evaluated: ConstraintValues) throws {
    let fresh = states.indices.filter { states[$0].isFresh }
    let orders = fresh.map { order(states[$0]) }
    let count = orders.map(\.near).max() ?? 1
    let width = states[0].constraints.count
    var rows = [Double](repeating: 0, count: count * states.count * width)
    for (i, order) in zip(fresh, orders) {
      for (place, column) in order.columns.prefix(order.near).enumerated() {
        rows[(place * states.count + i) * width + column] = 1
      }
    }
    let pulled = try evaluated.pullBack(Tensor(rows, shape: [count, states.count, width]))
      .on(.cpu).converted(to: .float64).elements(as: Double.self)
    let length = states[0].trial.count
    for (i, order) in zip(fresh, orders) {
      // No more than its own, or a problem would depend on those beside it.
      states[i].columns = Array(order.columns.prefix(order.near))
      states[i].gradients = (0..<order.near).flatMap { place in
        let first = (place * states.count + i) * length
        return pulled[first..<first + length]
      }
      if !states[i].gradients.allSatisfy(\.isFinite) { states[i].giveUp() }
    }
  }

  /// Constraints by how near they are to pushing, h first, and how many are near.
  private func order(_ state: SearchState) -> (columns: [Int], near: Int) {
    let shifted = state.multipliers.shifted(state.constraints)
    let inequalities = (1..<max(shifted.count, 1)).sorted { shifted[$0] > shifted[$1] }
    // A step changes constraints by about |h|.
    let reach = abs(state.constraints[0])
    let near = inequalities.prefix { shifted[$0] > -reach }.count
    return ([0] + inequalities, 1 + min(near, Self.columnLimit - 1, inequalities.count))
  }

  private func isStationary(_ state: SearchState, _ part: Double) -> Bool {
    let weights = state.multipliers.weights(of: state.constraints)
    let offset = state.offset
    var gradient = offset.map { 2 * $0 }
    // A constraint that pushes and whose gradient is not known may move the point yet.
    let known = Set(state.columns)
    if weights.indices.contains(where: { weights[$0] != 0 && !known.contains($0) }) { return false }
    for (place, column) in state.columns.enumerated() where weights[column] != 0 {
      let first = place * offset.count
      for j in offset.indices {
        gradient[j] += weights[column] * state.gradients[first + j]
      }
    }
    return SearchState.squares(gradient) <= part * part * 4 * SearchState.squares(offset)
  }

  private func step(_ states: inout [SearchState]) throws {
    let moving = states.indices.filter { states[$0].ending == nil }
    guard let first = moving.first else { return }
    let width = states[first].trial.count
    let count = moving.map { states[$0].columns.count }.max() ?? 1
    var (gradients, shifted): ([Double], [Double]) = ([], [])
    for i in moving {
      let state = states[i]
      let all = state.multipliers.shifted(state.constraints)
      // Places without a gradient are put where they never push.
      let spare = count - state.columns.count
      gradients += state.gradients + [Double](repeating: 0, count: spare * width)
      shifted += state.columns.map { all[$0] } + [Double](repeating: -1, count: spare)
    }
    let model = LinearisedModel(
      offsets: try Tensor(moving.flatMap { states[$0].offset }, shape: [moving.count, width, 1]),
      gradients: try Tensor(gradients, shape: [moving.count, count, width]),
      shifted: try Tensor(shifted, shape: [moving.count, count, 1]),
      penalties: moving.map { states[$0].multipliers.penalty },
      dampings: moving.map { states[$0].damping })
    let (steps, promised) = try model.minimum()
    for (place, i) in moving.enumerated() {
      states[i].tryPoint(
        offsetBy: Array(steps[place * width..<(place + 1) * width]), promised: promised[place])
    }
  }
}
