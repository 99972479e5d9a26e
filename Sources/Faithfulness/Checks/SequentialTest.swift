/// A randomisation test that stops drawing as soon as its verdict is clear, and keeps its level.
///
/// After n draws, G_n of them are as large as what is tested. Where nothing sets that apart from the draws, all ranks
/// are equally likely, so that, whatever the draws are like,
///
///     P(G_{n+1} = g + 1 | G_n = g) = (g + 1) / (n + 2),   P(G_n = g) = 1 / (n + 1)
///
/// From this the probability of every way to stop follows exactly. The test looks after some numbers of draws, and
/// passes at look k where G is at most `a_k`: the largest number that keeps the probability to have passed by then
/// within what may be spent, `α (1 − 2^{−k}/3)` and at the last look α. It fails as soon as G exceeds every `a_k` that
/// is left, for it cannot pass any more ([Besag and Clifford 1991] for the idea of stopping where enough draws exceed).
///
/// p is the probability of what was found and of all that is more extreme: to pass earlier, or at the same look with
/// a smaller G; then to fail, ordered by `(1 + G) / (n + 1)`. With one look after R draws it is `(1 + G) / (R + 1)`.
///
/// [Besag and Clifford 1991]: https://doi.org/10.1093/biomet/78.2.301
public struct SequentialTest: Hashable, Sendable {
  /// Draws after which the test looks, and what it then needs.
  public struct Look: Hashable, Sendable {
    /// n.
    public let draws: Int
    /// `a`: the largest G that passes; `nil` where nothing passes yet.
    public let most: Int?
  }

  /// The largest probability to pass where nothing is apart from chance.
  public let significance: Double
  /// The looks, in order; the last is after all draws.
  public let looks: [Look]
  /// The G that ends the test, for nothing can pass with it.
  public let hopeless: Int

  /// Plans a test.
  ///
  /// - Parameters:
  ///   - draws: R, the most draws.
  ///   - stopsEarly: Whether it stops where the verdict is clear; else it looks once, after R draws.
  /// - Complexity: O(R² α) once.
  public init(draws: Int, significance: Double, stopsEarly: Bool = true) {
    self.significance = significance
    let plan = Self.numbers(draws, significance, stopsEarly)
    var looks: [Look] = []
    var state = RankDistribution()
    var spent = 0.0
    var level = 1.0
    for (n, canPass) in plan {
      state.draw(until: n)
      guard canPass else {
        looks.append(Look(draws: n, most: nil))
        continue
      }
      level /= 2
      let isLast = n == draws
      let share = isLast ? 1 : 1 - 2 * level / 3
      let most = state.most(within: significance * share - spent)
      spent += state.remove(through: most)
      looks.append(Look(draws: n, most: most < 0 ? nil : most))
    }
    self.looks = looks
    hopeless = (looks.compactMap(\.most).max() ?? -1) + 1
  }

  /// After how many draws to look, and whether a map may pass there.
  private static func numbers(
    _ draws: Int, _ significance: Double, _ stopsEarly: Bool
  ) -> [(draws: Int, canPass: Bool)] {
    guard stopsEarly else { return [(draws, true)] }
    // The first look that can pass without a draw that exceeds spends two thirds of the level.
    let first = Int((1.5 / significance - 1e-9).rounded(.up)) - 1
    guard first < draws else { return [(draws, true)] }
    var numbers = [(first, true)]
    while let last = numbers.last, 2 * last.0 + 1 < draws { numbers.append((2 * last.0 + 1, true)) }
    let early = first / 3
    return (early > 0 ? [(early, false)] : []) + numbers + [(draws, true)]
  }

  /// What is known after some draws.
  public enum State: Hashable, Sendable {
    /// More draws are needed.
    case open
    case passes
    case fails
  }

  /// What is known at a look.
  ///
  /// - Parameters:
  ///   - look: Its place among ``looks``.
  ///   - exceeding: G.
  public func state(at look: Int, exceeding: Int) -> State {
    if let most = looks[look].most, exceeding <= most { return .passes }
    return exceeding >= hopeless || look == looks.count - 1 ? .fails : .open
  }

  /// p of a test that stopped at a look.
  public func p(at look: Int, exceeding: Int) -> Double {
    let share = Double(1 + exceeding) / Double(looks[look].draws + 1)
    if looks.count == 1 { return share }
    let own = Ending(look: look, exceeding: exceeding, self)
    return min(
      1, endings.filter { !own.isMoreExtreme(than: $0.ending) }.reduce(0) { $0 + $1.chance })
  }

  /// Every way to stop, with its probability where nothing is apart from chance.
  private var endings: [(ending: Ending, chance: Double)] {
    var found: [(Ending, Double)] = []
    var state = RankDistribution()
    for look in looks.indices {
      state.draw(until: looks[look].draws)
      for (g, chance) in state.chances.enumerated() where chance > 0 {
        guard self.state(at: look, exceeding: g) != .open else { continue }
        found.append((Ending(look: look, exceeding: g, self), chance))
        state.remove(g)
      }
    }
    return found
  }

  /// One way to stop.
  private struct Ending {
    let passes: Bool
    let look: Int
    let exceeding: Int
    let share: Double

    init(look: Int, exceeding: Int, _ test: SequentialTest) {
      passes = test.state(at: look, exceeding: exceeding) == .passes
      (self.look, self.exceeding) = (look, exceeding)
      share = Double(1 + exceeding) / Double(test.looks[look].draws + 1)
    }

    func isMoreExtreme(than other: Ending) -> Bool {
      if passes != other.passes { return passes }
      if passes { return (look, exceeding) < (other.look, other.exceeding) }
      return share < other.share
    }
  }
}

/// How probable each number of draws that exceed is, where all ranks are equally likely.
private struct RankDistribution {
  /// `P(G_n = g)`, without what was removed.
  private(set) var chances = [1.0]
  private var draws = 0

  mutating func draw(until count: Int) {
    while draws < count {
      var next = [Double](repeating: 0, count: chances.count + 1)
      for (g, chance) in chances.enumerated() {
        let more = Double(g + 1) / Double(draws + 2)
        next[g] += chance * (1 - more)
        next[g + 1] += chance * more
      }
      chances = next
      draws += 1
    }
  }

  /// The largest g whose probability, with all below it, is within what may be spent; −1 for none.
  func most(within allowed: Double) -> Int {
    var sum = 0.0
    for (g, chance) in chances.enumerated() {
      sum += chance
      // A hair more than the level is the rounding of sums.
      if sum > allowed + 1e-9 { return g - 1 }
    }
    return chances.count - 1
  }

  mutating func remove(_ g: Int) { chances[g] = 0 }

  /// Removes all up to a number, and says how probable they were.
  mutating func remove(through most: Int) -> Double {
    guard most >= 0 else { return 0 }
    let sum = chances[...most].reduce(0, +)
    for g in 0...most { chances[g] = 0 }
    return sum
  }
}
