internal import Networks

/// DeepLIFT-SHAP: the mean of DeepLIFT's attributions over several baselines.
///
///     R = E[m(x, x′) ⊙ (x − x′)],  x′ ~ baselines
///
/// Section 4.2 of [Lundberg and Lee 2017], where DeepLIFT's multipliers approximate Shapley values of inputs that are
/// absent as the baselines say; with several baselines, the mean over them stands for the expectation. R sums to
/// `s(x) − mean s(x′)`, but for rounding, and how far off it is is reported as
/// ``SaliencyMap/Measurement/completenessError``. Departs from the paper in what ``DeepLIFT`` departs from its own, so
/// that maps are complete for every network that it answers for.
///
/// - Shapes: the attribution is `[C, H, W]`.
/// - Range: signed, in units of the score.
/// - Randomness: none, but for what the baselines draw.
/// - Complexity: a forward pass, and for each baseline another one and ``DeepLIFT``'s walk back.
/// - Throws: what ``DeepLIFT`` throws.
///
/// [Lundberg and Lee 2017]: https://arxiv.org/abs/1705.07874
public struct DeepLIFTSHAP: Explainer {
  /// What the input is compared with; each counts alike.
  public var baselines: [Baseline]

  /// Explains against several baselines.
  public init(baselines: [Baseline] = [.black, .white]) { self.baselines = baselines }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    return try DeepLIFT.maps(
      for: request,
      from: baselines.map { try $0.input(for: request.network, at: request.input.tensor) })
  }
}

extension DeepLIFTSHAP: MenuMethod {
  static let table: [MethodSetting<DeepLIFTSHAP>] = [.baselines("baselines", \.baselines)]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// DeepLIFT-SHAP on the menu.
  static let entry = ExplainerEntry(
    DeepLIFTSHAP(), named: "deeplift-shap", title: "DeepLIFT-SHAP",
    summary: "DeepLIFT averaged over several baselines",
    source: "Lundberg and Lee 2017")
}
