internal import Tensors

/// Gradient descent on the augmented Lagrangian: `z ← z − rate · (2(z − z₀) + Σ wᵢ ∇cᵢ)`.
struct Descent {
  let rate: Double
  let steps: Int

  func move(
    _ states: inout [SearchState], _ evaluated: ConstraintValues, _ method: AugmentedLagrangian
  ) throws {
    let width = states[0].constraints.count
    let weights = states.flatMap { $0.multipliers.weights(of: $0.constraints) }
    let rows = try Tensor(weights, shape: [1, states.count, width])
    let pulled = try evaluated.pullBack(rows).on(.cpu).converted(to: .float64)
      .elements(as: Double.self)
    let length = pulled.count / states.count
    for i in states.indices {
      let offset = states[i].offset
      let gradient = zip(offset, pulled[i * length..<(i + 1) * length]).map { 2 * $0 + $1 }
      let isStationary =
        SearchState.squares(gradient)
        <= method.stationarity * method.stationarity * 4 * SearchState.squares(offset)
      states[i].conclude(isStationary: isStationary, stepLimit: steps, method)
      // The multipliers may be new; the step is taken with them from the next evaluation on.
      states[i].tryPoint(offsetBy: gradient.map { -rate * $0 }, promised: .infinity)
    }
  }
}
