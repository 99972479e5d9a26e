internal import Faithfulness

/// A number that tables show of methods.
public enum EvaluationMeasure: Hashable, Sendable {
  /// n_δ.
  case salientCount
  /// CAUC, equation 4 of Xie et al. 2023, on the smallest n_δ of all schemes with one explainer.
  case caucAmongSchemes
  /// CAUC on the smallest n_δ of all explainers in one scheme.
  case caucAmongExplainers
  /// CDROP, its equation 5.
  case cdrop
  /// The area under the fact's probability while pixels go.
  case deletion
  /// The area under the fact's probability while pixels come back.
  case insertion
  /// The mean log-odds of fact and foil while pixels go.
  case logOdds
  /// Fact against foil once this fraction of all pixels is gone.
  case relativeProbability(without: Double)

  /// Which way is better.
  public enum Direction: Hashable, Sendable {
    case lower
    case higher
  }

  /// Which way is better; `nil` where neither is.
  public var direction: Direction? {
    switch self {
    case .salientCount: nil
    case .caucAmongSchemes, .caucAmongExplainers, .deletion, .logOdds, .relativeProbability: .lower
    case .cdrop, .insertion: .higher
    }
  }

  /// Whether it is read off curves over the whole picture.
  public var isOfWholeCurves: Bool {
    switch self {
    case .salientCount, .caucAmongSchemes, .caucAmongExplainers, .cdrop: false
    case .deletion, .insertion, .logOdds, .relativeProbability: true
    }
  }

  /// Its value for a map; `nil` where the map has none, as log-odds are none where a probability is 0.
  func value(of numbers: MapNumbers, _ settings: MetricSettings) -> Double? {
    let value = any(of: numbers, settings)
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  private func any(of numbers: MapNumbers, _ settings: MetricSettings) -> Double? {
    switch self {
    case .salientCount: Double(numbers.salientCount)
    case .caucAmongSchemes: numbers.caucAmongSchemes
    case .caucAmongExplainers: numbers.caucAmongExplainers
    case .cdrop: numbers.cdrop
    case .deletion: numbers.whole?.deletion
    case .insertion: numbers.whole?.insertion
    case .logOdds: numbers.whole?.logOdds
    case .relativeProbability(let area):
      settings.areas.firstIndex(of: area).flatMap { numbers.whole?.relativeProbabilities[$0] }
    }
  }
}
