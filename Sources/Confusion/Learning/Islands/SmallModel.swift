internal import Terms

/// A model of a few binary variables, fitted to the counts of their combinations.
protocol SmallModel {
  /// Where EM starts without drawing: points near good solutions that the counts themselves give.
  func starts(on counts: WeightedPatterns) -> [Self]
  /// The model with its free tables drawn at random.
  func drawn(using stream: inout RandomStream) -> Self
  /// Takes a step of EM, adding `pseudoCount` to every expected count of a free table.
  ///
  /// - Returns: the log-likelihood before the step.
  mutating func improve(on counts: WeightedPatterns, pseudoCount: Double) -> Double
}

/// Combinations of a few binary variables, bit `i` the `i`-th, and how often each occurs.
struct WeightedPatterns {
  var masks: [UInt64]
  var weights: [Double]

  /// Every combination of `count` variables, none of them seen.
  init(allOf count: Int) {
    masks = Array(0..<(1 << UInt64(count)))
    weights = [Double](repeating: 0, count: masks.count)
  }

  init(masks: [UInt64], weights: [Double]) { (self.masks, self.weights) = (masks, weights) }

  /// How often all variables of a mask are 1.
  func share(of mask: UInt64) -> Double {
    zip(masks, weights).reduce(0) { $1.0 & mask == mask ? $0 + $1.1 : $0 }
  }

  /// The same combinations of three variables, the last two exchanged.
  func exchangingLast() -> WeightedPatterns {
    let masks = masks.map { $0 & 1 | $0 >> 1 & 2 | $0 << 1 & 4 }
    return WeightedPatterns(masks: masks, weights: weights)
  }
}

/// Fits small models by EM from many starts, the better half of which survives each round.
///
/// Chickering and Heckerman's scheme as the published program has it: one step for each start,
/// then rounds of 1, 2, 4 … steps until one start is left or none gains, and that one goes on until
/// it gains no more than ``leastGain``. Departs in that the starts that a model gives itself go before
/// those that are drawn, and in that a selection that ends early keeps the best start, not the one
/// that was best a round before.
struct SmallEM {
  let startCount: Int
  let stepLimit: Int
  let leastGain: Double
  let pseudoCount: Double

  init(_ learning: TreeLearning) {
    (startCount, stepLimit) = (learning.startCount, learning.stepLimit)
    (leastGain, pseudoCount) = (learning.leastGain, learning.pseudoCount)
  }

  /// The fitted model; start `i` draws from stream `i`.
  func fit<Model: SmallModel>(
    _ model: Model, to counts: WeightedPatterns, using stream: RandomStream
  ) -> Model {
    let drawn = (0..<startCount).map { start in
      var own = stream.stream(for: start)
      return model.drawn(using: &own)
    }
    var candidates = (model.starts(on: counts) + drawn).enumerated().map { start, model in
      var model = model
      let value = model.improve(on: counts, pseudoCount: pseudoCount)
      return (model: model, value: value, start: start)
    }
    var (stepsInRound, steps) = (1, 1)
    while candidates.count > 1, steps < stepLimit {
      var isGaining = false
      for place in candidates.indices {
        for _ in 0..<min(stepsInRound, stepLimit - steps) {
          let value = candidates[place].model.improve(on: counts, pseudoCount: pseudoCount)
          isGaining = isGaining || value - candidates[place].value > leastGain
          candidates[place].value = value
        }
      }
      steps += stepsInRound
      stepsInRound *= 2
      candidates.sort { $0.value == $1.value ? $0.start < $1.start : $0.value > $1.value }
      candidates.removeLast(candidates.count / 2)
      if !isGaining { break }
    }
    return finished(candidates[0].model, value: candidates[0].value, on: counts, after: steps)
  }

  private func finished<Model: SmallModel>(
    _ model: Model, value: Double, on counts: WeightedPatterns, after steps: Int
  ) -> Model {
    var (model, value) = (model, value)
    for _ in steps..<max(stepLimit, steps + 1) {
      let next = model.improve(on: counts, pseudoCount: pseudoCount)
      if next - value <= leastGain { break }
      value = next
    }
    return model
  }
}
