internal import Faithfulness

extension CurveChart {
  /// How alike the maps of a cascade are to the original, stage by stage; shaded, what unrelated maps
  /// reach.
  init(ofCascade result: SanityResult) {
    self.init(
      label: "Likeness to the original map by randomised stages",
      series: [
        Self.series(
          "rank correlation", result, ink: 0, result.chance?.magnitudeCorrelation,
          \.magnitudeCorrelation),
        Self.series("SSIM", result, ink: 1, result.chance?.ssim, { $0.ssim }),
      ], xLabel: "stages that are random", yLabel: "likeness",
      xRange: 0...Double(result.steps.count))
  }

  private static func series(
    _ name: String, _ result: SanityResult, ink: Int, _ chance: ChanceLevel.Level?,
    _ measure: (MapSimilarity) -> Double?
  ) -> Series {
    let found = result.steps.map { $0.similarity.flatMap(measure) ?? .nan }
    let points = ([1] + found).enumerated().map { Point(x: Double($0), y: $1) }
    let band = chance.map { $0.median...$0.upper }
    return Series(name: name, points: points, band: points.compactMap { _ in band }, ink: ink)
  }
}
