/// What a check says of a map.
public struct CheckResult: Hashable, Sendable {
  /// How far log p_P / p_Q falls.
  public struct Drops: Hashable, Sendable {
    /// d, without the map's salient pixels.
    public let own: Double
    /// d_r, without as many pixels of each control that was drawn.
    public let controls: [Double]
    /// The probability of a drop that stands out as much, where nothing sets the map apart from the controls;
    /// `(1 + #{r : d_r ≥ d}) / (R + 1)` of a test that draws all R controls.
    public let p: Double
    /// Whether the test found the drop larger than chance.
    public let exceedsChance: Bool
    /// What the drop must exceed at the number of controls where the test ended: with 99 draws and 0.05, all of them
    /// drawn, the 95th smallest of theirs, their 95 % quantile.
    ///
    /// `nil` where no drop would do, for there are too few controls.
    public let critical: Double?

    /// Holds a drop against those of the first controls, as many as one of the test's looks has.
    public init(own: Double, controls: [Double], by test: SequentialTest) {
      self.own = own
      self.controls = controls
      let exceeding = controls.count { $0 >= own }
      let look = test.looks.firstIndex { $0.draws >= controls.count } ?? test.looks.count - 1
      p = test.p(at: look, exceeding: exceeding)
      exceedsChance = test.state(at: look, exceeding: exceeding) == .passes
      let most = test.looks[look].most ?? controls.count
      critical = most < controls.count ? controls.sorted()[controls.count - 1 - most] : nil
    }

    /// The mean drop of the controls; 0 of none.
    public var mean: Double { controls.reduce(0, +) / Double(max(1, controls.count)) }
  }

  /// Whether a map passes, and if not, why.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// What it shows matters more than chance.
    case passes
    /// Without what it shows, P is no less likely against Q than before.
    case lowersNothing
    /// Without as many pixels of enough controls, P is less likely still.
    case withinChance
    /// It is nowhere above zero.
    case showsNothing
    /// It is above half of its largest value everywhere, so that every choice of as many pixels is the
    /// same. Maps of mean scores often are: they start from the mean score and not from zero.
    case everyPixel
    /// No class is left that P could be set against.
    case everyClass
  }

  /// CAUC and CDROP, and the curve to n_δ.
  public let metrics: ContrastMetrics
  /// The curve to n_δ and on until no pixel is left.
  public let curve: ContrastCurve
  /// How far the log-odds fall; `nil` where there was nothing to delete or to be set against.
  public let drops: Drops?
  /// The largest p of a map that passes.
  public let significance: Double

  /// Joins what was found.
  public init(
    metrics: ContrastMetrics, curve: ContrastCurve, drops: Drops?, significance: Double
  ) {
    self.metrics = metrics
    self.curve = curve
    self.drops = drops
    self.significance = significance
  }

  /// n_δ.
  public var salientCount: Int { metrics.salientCount }
  /// n.
  public var featureCount: Int { metrics.featureCount }
  /// CAUC over the map's own n_δ; `nil` for a map that shows nothing, whose sum is empty.
  public var cauc: Double? { salientCount > 0 ? metrics.cauc(over: salientCount) : nil }
  /// CDROP; `nil` for a map that shows nothing.
  public var cdrop: Double? { salientCount > 0 ? metrics.cdrop : nil }

  /// Whether the map passes.
  public var verdict: Verdict {
    if salientCount == 0 { return .showsNothing }
    guard let drops else { return .everyClass }
    if salientCount == featureCount { return .everyPixel }
    if drops.own <= 0 { return .lowersNothing }
    return drops.exceedsChance ? .passes : .withinChance
  }
}
