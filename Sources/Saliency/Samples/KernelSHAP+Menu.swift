internal import Imagery
internal import Terms

extension KernelSHAP: MenuMethod {
  static let table: [MethodSetting<KernelSHAP>] =
    [
      .count("samples", \.samples, 2...1_000_000, "the most pictures that are tried"),
      .count(
        "segments", \.segmentation.segments, 1...10_000, "the approximate number of segments"),
      .choice("segmentation", \.segmentation.method, "how the picture is cut"),
      .number(
        "compactness", \.segmentation.compactness, 0.01...1000,
        "how much nearness counts against colour in slic"),
      .hiding(\.fill),
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// KernelSHAP on the menu.
  static let entry = ExplainerEntry(
    KernelSHAP(seed: 0), named: "kernel-shap", title: "KernelSHAP",
    summary: "Shapley values of segments: what each adds, averaged over all orders",
    source: "Lundberg and Lee 2017", defaultScore: .probability, asksOften: true
  ) { method, source in
    method.seed = source.seed
  } checking: { method, given in
    try method.segmentation.check(given)
  }
}
