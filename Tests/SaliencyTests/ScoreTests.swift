import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Re-derivation: gradients at the logits, written out by hand.
@Suite struct ScoreTests {
  static let y: [Float] = [1.5, -0.3, 2.1, 0.4, -1.2]
  // Single precision: sums of five exponentials agree to a few units of the last place.
  static let tolerance: Float = 1e-5

  static let p: [Float] = {
    let sum = y.map(exponential).reduce(0, +)
    return y.map { exponential($0) / sum }
  }()

  static func exponential(_ x: Float) -> Float {
    // e^x by its series; |x| < 3 needs 30 terms.
    var term = 1.0
    var sum = 1.0
    for n in 1..<30 {
      term *= Double(x) / Double(n)
      sum += term
    }
    return Float(sum)
  }

  func gradient(of score: Score) throws -> [Float] {
    let logits = try Tensor(Self.y, shape: [5]).leaf()
    return try #require(try score.value(of: logits).gradient(withRespectTo: [logits])[0]).floats()
  }

  func set(_ indices: Int...) throws -> ClassSet { try #require(ClassSet(indices)) }

  @Test func `the gradient of a generalised logit is the share of each class in its set`() throws {
    let sum = Self.p[0] + Self.p[2]
    let expected = [Self.p[0] / sum, 0, Self.p[2] / sum, 0, 0]
    expectClose(try gradient(of: .logit(set(0, 2))), expected, within: Self.tolerance)
  }

  @Test func `the logit of one class is that class's logit exactly`() throws {
    let logits = try Tensor(Self.y, shape: [5])
    #expect(try Score.logit(set(3)).value(of: logits).number() == Self.y[3])
  }

  @Test func `the gradient of log-odds is the difference of the logits' gradients`() throws {
    let both = try gradient(of: .logOdds(set(0, 2), against: set(1, 4)))
    let p = try gradient(of: .logit(set(0, 2)))
    let q = try gradient(of: .logit(set(1, 4)))
    expectClose(both, zip(p, q).map { $0 - $1 }, within: Self.tolerance)
  }

  @Test func `log-odds are the logarithm of the ratio of probabilities`() throws {
    let logits = try Tensor(Self.y, shape: [5])
    let odds = try Score.logOdds(set(0, 2), against: set(1)).value(of: logits).exp().number()
    let expected = (Self.p[0] + Self.p[2]) / Self.p[1]
    #expect(abs(odds - expected) < Self.tolerance * expected)
  }

  @Test func `log-odds against all others have gradient 1 at the class and minus alpha elsewhere`()
    throws
  {
    let rest = try set(0, 1, 3, 4)
    let weights = rest.indices.map { Self.p[$0] / (1 - Self.p[2]) }
    let expected = [-weights[0], -weights[1], 1, -weights[2], -weights[3]]
    expectClose(
      try gradient(of: .logOdds(set(2), against: rest)), expected, within: Self.tolerance)
  }

  @Test func `weighted contrast has the gradient of log-odds and another value`() throws {
    let rest = try set(0, 1, 3, 4)
    let weighted = Score.weightedContrast(try set(2), against: rest)
    let odds = Score.logOdds(try set(2), against: rest)
    expectClose(
      try gradient(of: weighted), try gradient(of: odds), within: Self.tolerance)
    let logits = try Tensor(Self.y, shape: [5])
    let mean = rest.indices.reduce(Float(0)) { $0 + Self.p[$1] / (1 - Self.p[2]) * Self.y[$1] }
    #expect(abs(try weighted.value(of: logits).number() - (Self.y[2] - mean)) < Self.tolerance)
    #expect(abs(try odds.value(of: logits).number() - (Self.y[2] - mean)) > 0.1)
  }

  @Test func `mean and maximum contrast subtract the mean and the greatest rival`() throws {
    let rivals = try set(0, 1, 4)
    expectClose(
      try gradient(of: .meanContrast(set(2), against: rivals)), [-1 / 3, -1 / 3, 1, 0, -1 / 3],
      within: Self.tolerance)
    expectClose(
      try gradient(of: .maxContrast(set(2), against: rivals)), [-1, 0, 1, 0, 0],
      within: Self.tolerance)
  }

  @Test func `Finer-CAM subtracts a part of the rivals' mean logit`() throws {
    let rivals = try set(0, 1, 4)
    for strength: Float in [0, 0.6, 1] {
      let score = Score.finerContrast(try set(2), against: rivals, strength: strength)
      let share = -strength / 3
      expectClose(
        try gradient(of: score), [share, share, 1, 0, share], within: Self.tolerance,
        of: "γ = \(strength)")
    }
  }

  @Test func `the gradient of surprise is p minus the foil, and weighted contrast's scaled`() throws
  {
    let surprise = try gradient(of: .surprise(at: set(1)))
    var expected = Self.p
    expected[1] -= 1
    expectClose(surprise, expected, within: Self.tolerance)
    let contrast = try gradient(of: .weightedContrast(set(1), against: set(0, 2, 3, 4)))
    expectClose(
      surprise, contrast.map { -(1 - Self.p[1]) * $0 }, within: Self.tolerance,
      of: "−(1 − p_Q) times the weighted contrast of Q")
  }

  @Test func `the gradient of a probability is p times one minus p at the class`() throws {
    let p = Self.p
    let expected = (0..<5).map { $0 == 2 ? p[2] * (1 - p[2]) : -p[2] * p[$0] }
    expectClose(try gradient(of: .probability(set(2))), expected, within: Self.tolerance)
  }

  @Test func `the probability of every class is one`() throws {
    let logits = try Tensor(Self.y, shape: [5])
    let all = try Score.probability(set(0, 1, 2, 3, 4)).value(of: logits).number()
    #expect(abs(all - 1) < Self.tolerance)
  }

  @Test func `a squared error's gradient is twice the error`() throws {
    let y = try Tensor([0.58] as [Float], shape: [1]).leaf()
    let score = try Score.squaredError(from: 0.75).value(of: y)
    #expect(abs(try score.number() - 0.0289) < 1e-6)
    let gradient = try #require(try score.gradient(withRespectTo: [y])[0]).floats()
    expectClose(gradient, [-0.34], within: Self.tolerance)
  }

  @Test func `scores of enormous logits stay finite`() throws {
    let logits = try Tensor([9000, -9000, 8999] as [Float], shape: [3])
    for score: Score in [
      .logit(try set(0, 2)), .probability(try set(1)), .logOdds(try set(0), against: try set(1, 2)),
      .surprise(at: try set(1)),
    ] {
      #expect(try score.value(of: logits).isAllFinite(), "\(score)")
    }
  }

  @Test func `a class that the network does not have is an error`() throws {
    let logits = try Tensor(Self.y, shape: [5])
    #expect(throws: TensorError.self) { try Score.logit(set(5)).value(of: logits) }
    #expect(throws: TensorError.self) { try Score.logit(set(1, 7)).value(of: logits) }
  }

  /// [y, −y] of three labels.
  private static let labels: [Float] = [1.5, -0.3, 0.8, -1.5, 0.3, -0.8]

  private func odds(_ score: Score) throws -> Float {
    try score.value(of: Tensor(Self.labels, shape: [6]), under: .labels(3)).number()
  }

  private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }

  @Test func `of labels a set's logit is the log-odds of any of them`() throws {
    let rest = (0..<3).map { 1 - Self.sigmoid(Self.labels[$0]) }
    let any = 1 - rest[0] * rest[1] * rest[2]
    let z = try odds(.logit(set(0, 1, 2)))
    #expect(abs(Self.sigmoid(z) - any) < Self.tolerance)
    #expect(abs(try odds(.probability(set(0, 1, 2))) - any) < Self.tolerance)
    #expect(try odds(.logit(set(1))) == -0.3 && odds(.logit(set(4))) == 0.3)
    // None of them is the opposite of any.
    #expect(try odds(.logit(set(3, 4, 5))) == -z)
    let p = Self.sigmoid(0.8)
    #expect(abs(try odds(.surprise(at: set(2))) - -logarithm(p)) < Self.tolerance)
  }

  @Test func `of labels every contrast with a label's own absence is its logit`() throws {
    for (p, q) in [(try set(0), try set(3)), (try set(4), try set(1))] {
      let y = Self.labels[p.indices[0]]
      for score in [
        Score.logOdds(p, against: q), .weightedContrast(p, against: q),
        .meanContrast(p, against: q),
        .finerContrast(p, against: q, strength: 0.6), .maxContrast(p, against: q),
      ] {
        #expect(try odds(score) == y, "\(score)")
      }
    }
    #expect(
      try odds(.logOdds(set(0, 1), against: set(3, 4))) == odds(.logit(set(0, 1))))
  }

  @Test
  func `of labels a contrast is the difference of log-odds, and the weighted one has its gradient`()
    throws
  {
    #expect(abs(try odds(.logOdds(set(0), against: set(1))) - 1.8) < Self.tolerance)
    func gradient(_ score: Score) throws -> [Float] {
      let leaf = try Tensor(Self.labels, shape: [6]).leaf()
      return try #require(
        score.value(of: leaf, under: .labels(3)).gradient(withRespectTo: [leaf])[0]
      ).floats()
    }
    for q in [try set(1, 2), try set(4, 5)] {
      expectClose(
        try gradient(.weightedContrast(set(0), against: q)).reduced,
        try gradient(.logOdds(set(0), against: q)).reduced, within: Self.tolerance)
    }
  }

  @Test func `logits of labels far apart lose nothing`() throws {
    let y: [Float] = [-120, -110, 100]
    let logits = try Tensor(y + y.map { -$0 }, shape: [6])
    let two = try Score.logit(set(0, 1)).value(of: logits, under: .labels(3)).number()
    #expect(abs(two - -110) < 1e-3)
    let all = try Score.logit(set(0, 1, 2)).value(of: logits, under: .labels(3)).number()
    #expect(abs(all - 100) < 1e-3)
  }

  /// ln p by Newton's method on the exponential.
  private func logarithm(_ p: Float) -> Float {
    var x: Float = 0
    for _ in 0..<50 { x -= 1 - p / Self.exponential(x) }
    return x
  }
}

extension [Float] {
  /// What a score's gradient at [y, −y] is at y.
  fileprivate var reduced: [Float] {
    let half = count / 2
    return (0..<half).map { self[$0] - self[$0 + half] }
  }
}
