/// How often each combination of an island's variables occurs, over all cases.
///
/// Bit `i` of a mask is the island's `i`-th variable. Cases that hold none of them are never
/// touched: their number is what remains of the total.
///
/// - Complexity: adding a variable looks at its own cases and at the patterns, of which there are
///   at most `2^k`.
struct PatternCounts {
  private(set) var masks: [UInt64] = [0]
  private(set) var weights: [Double]
  private(set) var variables: [Int] = []

  init(total: Double) { weights = [total] }

  /// For each pattern, how much of its weight holds the variable.
  func holding(_ variable: Int, in cases: Cases, _ patterns: [Int32]) -> [Double] {
    var held = [Double](repeating: 0, count: masks.count)
    for place in cases.cases(of: variable) {
      held[Int(patterns[Int(place)])] += cases.weights[Int(place)]
    }
    return held
  }

  /// Takes a variable in, given what ``holding(_:in:_:)`` said of it, and notes the pattern of each case.
  mutating func add(
    _ variable: Int, holding held: [Double], in cases: Cases, _ patterns: inout [Int32]
  ) {
    let bit = UInt64(1) << UInt64(variables.count)
    variables.append(variable)
    var successors = [Int32](repeating: -1, count: masks.count)
    for place in held.indices where held[place] > 0 {
      successors[place] = Int32(masks.count)
      masks.append(masks[place] | bit)
      weights.append(held[place])
      weights[place] -= held[place]
    }
    for place in cases.cases(of: variable) {
      patterns[Int(place)] = successors[Int(patterns[Int(place)])]
    }
  }

  /// The number of cases, those without any of the variables among them.
  var total: Double { weights.reduce(0, +) }

  /// The patterns with their counts.
  var all: WeightedPatterns { WeightedPatterns(masks: masks, weights: weights) }

  /// The combinations of some of the variables and a new one, which comes last.
  func projected(on places: [Int], holding held: [Double]) -> WeightedPatterns {
    var result = WeightedPatterns(allOf: places.count + 1)
    for pattern in masks.indices {
      var mask = 0
      for (bit, place) in places.enumerated() {
        mask |= Int(masks[pattern] >> UInt64(place) & 1) << bit
      }
      result.weights[mask] += weights[pattern] - held[pattern]
      result.weights[mask | 1 << places.count] += held[pattern]
    }
    return result
  }

  /// The log-likelihood of all cases where a pattern, with or without a new variable, has a
  /// probability.
  func sum(holding held: [Double], _ probability: (UInt64, Bool) -> Double) -> Double {
    var value = 0.0
    for pattern in masks.indices {
      let (with, without) = (held[pattern], weights[pattern] - held[pattern])
      if with > 0 { value += with * logarithm(probability(masks[pattern], true)) }
      if without > 0 { value += without * logarithm(probability(masks[pattern], false)) }
    }
    return value
  }
}
