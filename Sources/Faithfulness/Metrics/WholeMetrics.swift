internal import Foundation

/// What curves over the whole picture say of a map.
public struct WholeMetrics: Hashable, Sendable {
  /// While pixels go.
  public let deletion: ContrastCurve
  /// While they come back.
  public let insertion: ContrastCurve
  /// n, the pixels of the picture.
  public let featureCount: Int

  /// Joins curves from 0 to n altered pixels.
  public init(deletion: ContrastCurve, insertion: ContrastCurve, featureCount: Int) {
    self.deletion = deletion
    self.insertion = insertion
    self.featureCount = featureCount
  }

  /// The area under `p_c` while pixels go, 0…1; smaller is better.
  ///
  /// Deletion of [Petsiuk et al. 2018]: of N equally distant points the area by trapezoids is
  /// `(Σ p − first/2 − last/2) / (N − 1)`.
  ///
  /// [Petsiuk et al. 2018]: https://arxiv.org/abs/1806.07421
  public var deletionArea: Double { Self.area(deletion, deletion.fact.map { exp($0) }) }

  /// The area under `p_c` while pixels come back, 0…1; larger is better.
  public var insertionArea: Double { Self.area(insertion, insertion.fact.map { exp($0) }) }

  /// The mean of `log p_c / p_{C′}` while pixels go; smaller is better.
  public var logOddsArea: Double { Self.area(deletion, deletion.logOdds) }

  /// `p_c / (p_c + p_{C′})` once a fraction of all pixels is gone, the same for every map; smaller is
  /// better (Wang and Wang 2022).
  ///
  /// - Parameter area: 0…1; between points of the curve the log-odds are interpolated.
  public func relativeProbability(without area: Double) -> Double {
    let count = area * Double(featureCount)
    let odds = deletion.logOdds
    let place = deletion.counts.firstIndex { Double($0) >= count } ?? odds.count - 1
    if place == 0 { return 1 / (1 + exp(-odds[0])) }
    let (low, high) = (Double(deletion.counts[place - 1]), Double(deletion.counts[place]))
    let part = min(1, (count - low) / (high - low))
    return 1 / (1 + exp(-(odds[place - 1] + part * (odds[place] - odds[place - 1]))))
  }

  private static func area(_ curve: ContrastCurve, _ heights: [Double]) -> Double {
    let length = Double((curve.counts.last ?? 0) - (curve.counts.first ?? 0))
    guard length > 0 else { return heights.first ?? 0 }
    return heights.indices.dropLast().reduce(0) { sum, i in
      sum + Double(curve.counts[i + 1] - curve.counts[i]) * (heights[i] + heights[i + 1]) / 2
    } / length
  }
}
