internal import Saliency
public import Terms

/// A check of maps against chance: does deleting what a map shows do more than deleting as many pixels
/// that it does not choose?
///
///     d = log (p_P / p_Q)(x) − log (p_P / p_Q)(x without the first n_δ pixels of the map)
///     p = (1 + #{r : d_r ≥ d}) / (R + 1)
///
/// d_r being the same for the first n_δ pixels of the r-th of R controls. A map passes where d > 0 and
/// p is at most the significance. p is that of a randomisation test, exact for any R ([Phipson and
/// Smyth 2010]); where it may stop early, R is the most controls, and p that of ``SequentialTest``. n_δ is that of
/// ``Salience``. Without a foil, Q is every class but those of P; of labels that are each
/// there or not, that none of P is there.
///
/// - Randomness: the r-th control follows from ``seed`` and r alone, so all maps of a picture meet the
///   same controls, and their number does not change the first of them.
///
/// [Phipson and Smyth 2010]: https://doi.org/10.2202/1544-6115.1585
public struct MapCheck: Hashable, Sendable, Codable {
  /// What a map is compared with.
  public enum Control: String, Hashable, Sendable, Codable, CaseIterable {
    /// Pixels drawn one by one from the whole picture. They scatter, and so disturb every place and
    /// put noise of high frequency into the picture, which networks are sensitive to: a strong
    /// control, which a map of one patch may not exceed although the patch matters.
    case random
    /// The map's own pixels, moved all together around the torus of the picture: patches of the same
    /// form at other places. It asks for the place alone.
    case shifted
  }

  /// R, the most controls.
  public var draws: Int
  /// Whether no more controls are drawn for a map whose verdict is clear.
  public var stopsEarly: Bool
  /// The most steps of the curve to n_δ; where that is more pixels than such steps of ``metrics`` reach, they are longer.
  public var steps: Int
  /// The largest p of a map that passes.
  public var significance: Double
  /// What a map is compared with.
  public var control: Control
  /// What the controls follow from.
  public var seed: Seed
  /// δ, τ, steps and arithmetic; the whole curve is only that of deletion.
  public var metrics: MetricSettings

  /// Chooses settings.
  public init(
    draws: Int = 99, stopsEarly: Bool = true, significance: Double = 0.05,
    control: Control = .random, seed: Seed = 0, steps: Int = 32,
    metrics: MetricSettings = MetricSettings()
  ) {
    self.draws = draws
    self.stopsEarly = stopsEarly
    self.steps = steps
    self.significance = significance
    self.control = control
    self.seed = seed
    self.metrics = metrics
  }

  /// Fails where a setting cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("draws", draws, in: 0...SettingFault.most)
    try SettingFault.check("steps", steps)
    if !(significance > 0 && significance <= 1) {
      throw SettingFault("significance", significance, expected: "above 0 and at most 1")
    }
    try metrics.checkSettings()
  }

  /// The fewest draws that let any map pass: 19 at 0.05.
  public var leastDraws: Int { Int((1 / significance).rounded(.up)) - 1 }

  /// Checks maps of one picture, all together.
  ///
  /// - Parameters:
  ///   - maps: Their values at the resolution of the runner's picture.
  ///   - progress: Called after each pass, with the passes that are still needed if no verdict becomes clear early;
  ///     throwing stops the check.
  /// - Returns: A result a map.
  /// - Complexity: forward passes of batch one: for each map its curve to n_δ, of at most ``steps`` steps, and the
  ///   steps of its whole curve; and up to R for each different n_δ, or for each map where the control is shifted.
  ///   Equal pictures are asked about once.
  /// - Throws: ``FaithfulnessError``, `NetworkError`, `TensorError`.
  public func results(
    of maps: [MeasuredMap], by runner: CurveRunner, progress: @escaping ProgressHandler = { _ in }
  ) throws -> [CheckResult] {
    try checkSettings()
    let plan = try CheckPlan(self, of: maps, runner)
    var work = CheckWork(plan, runner, progress)
    return try work.results()
  }

  /// The most passes that a check of maps may take, and how many it takes at least.
  public func passes(
    of maps: [MeasuredMap], by runner: CurveRunner
  ) throws -> ClosedRange<Int> {
    try checkSettings()
    let plan = try CheckPlan(self, of: maps, runner)
    return plan.leastPasses...max(plan.leastPasses, plan.mostPasses)
  }
}

/// What a map tells apart, and the sets of classes that its check asks for.
struct CheckPair {
  let fact: ClassSet
  /// The foil of the question, which the contrastive score is of.
  let foil: ClassSet?
  /// The foil, or every other class, or that P is not there; `nil` where the fact holds all classes.
  let rival: ClassSet?

  init(_ map: MeasuredMap, _ runner: CurveRunner) {
    (fact, foil) = (map.fact, map.foil)
    rival = map.foil ?? runner.head.rival(of: map.fact, among: runner.classCount)
  }

  var sets: [ClassSet] { [fact] + (rival.map { [$0] } ?? []) }
}
