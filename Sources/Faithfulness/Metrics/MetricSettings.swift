public import Terms

/// How maps are measured.
public struct MetricSettings: Hashable, Sendable, Codable {
  /// Whose arithmetic counts salient pixels and turns curves into numbers.
  public enum Arithmetic: String, Sendable, Codable, CaseIterable {
    /// The paper's equations 3 to 5.
    case equations
    /// The code that CWOX published, which departs from them: pixels strictly above
    /// min + δ(max − min) of the map without its negative values, a curve that ends one step early,
    /// a trapezoid over it, and a drop to the mean of its last three points.
    case published
  }

  /// Whose arithmetic.
  public var arithmetic: Arithmetic
  /// δ: salient pixels have at least this fraction of the largest value.
  public var salience: Double
  /// τ/n: more salient pixels than this fraction of all are penalised.
  public var penaltyFraction: Double
  /// Pixels deleted between two points of the curve to n_δ; 1 is exact.
  public var step: Int
  /// Steps of the curves over the whole picture; 224 are RISE's for 224² pixels. 0 for no such curves.
  public var wholeSteps: Int
  /// The fractions of all pixels after whose deletion relative probabilities are read.
  public var areas: [Double]

  /// Chooses settings; the defaults are the paper's equations, at steps of 16 pixels.
  public init(
    arithmetic: Arithmetic = .equations, salience: Double = 0.5, penaltyFraction: Double = 0.05,
    step: Int = 16, wholeSteps: Int = 50, areas: [Double] = [0.1, 0.2, 0.3, 0.5]
  ) {
    self.arithmetic = arithmetic
    self.salience = salience
    self.penaltyFraction = penaltyFraction
    self.step = step
    self.wholeSteps = wholeSteps
    self.areas = areas
  }

  /// What CWOX's published experiments ran: their code's arithmetic, 16 pixels a step.
  public static let published = MetricSettings(arithmetic: .published)

  /// Fails where a setting cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("salience", salience, in: 0...1)
    try SettingFault.check("penaltyFraction", penaltyFraction, in: 0...1)
    try SettingFault.check("step", step)
    try SettingFault.check("wholeSteps", wholeSteps, in: 0...SettingFault.most)
    for area in areas { try SettingFault.check("areas", area, in: 0...1) }
  }

  /// After how many of `count` pixels the curves over the whole picture are looked at.
  func wholeCounts(of count: Int) -> [Int] {
    guard wholeSteps > 0 else { return [] }
    return (0...wholeSteps).map { ($0 * count + wholeSteps / 2) / wholeSteps }
  }
}
