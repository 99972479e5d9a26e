internal import Faithfulness

/// What a map's curves come to, beside those of the other methods for its pair.
public struct MapNumbers: Hashable, Sendable {
  /// n_δ; 0 for a map that shows nothing.
  public let salientCount: Int
  /// CAUC on the smallest n_δ of all schemes with this explainer; `nil` where none of their maps
  /// shows anything.
  public let caucAmongSchemes: Double?
  /// CAUC on the smallest n_δ of all explainers in this scheme; `nil` where none of their maps shows
  /// anything.
  public let caucAmongExplainers: Double?
  /// CAUC on the map's own n_δ; `nil` for a map that shows nothing.
  public let ownCAUC: Double?
  /// CDROP; `nil` where the published arithmetic has none.
  public let cdrop: Double?
  /// The whole curves' numbers; `nil` where there are none.
  public let whole: Whole?

  /// What curves over the whole picture come to.
  public struct Whole: Hashable, Sendable {
    /// The area under the fact's probability while pixels go.
    public let deletion: Double
    /// The area while pixels come back.
    public let insertion: Double
    /// The mean log-odds while pixels go.
    public let logOdds: Double
    /// Relative probabilities, by place among the areas of the run's settings.
    public let relativeProbabilities: [Double]
  }
}

extension MapNumbers {
  /// The numbers of all maps of one pair.
  ///
  /// Maps that are compared are measured on the smallest n_δ among them (section 5.1 of Xie et al.
  /// 2023). An empty map takes no part in that minimum, which would be 0 and tell nothing of the
  /// others; it deletes nothing, so its contrastive score stays what it was.
  ///
  /// - Parameters:
  ///   - curves: By place among the methods; `nil` where a map has not been measured.
  ///   - methods: What the maps are of.
  static func of(
    _ curves: [MapCurves?], _ methods: [EvaluatedMethod], _ settings: MetricSettings
  ) -> [MapNumbers?] {
    let counts = curves.map { $0?.salientCount ?? 0 }
    func smallest<Key: Hashable>(by key: (EvaluatedMethod) -> Key) -> [Key: Int] {
      Dictionary(grouping: methods.indices) { key(methods[$0]) }
        .compactMapValues { ContrastMetrics.commonCount(of: $0.map { counts[$0] }) }
    }
    let amongSchemes = smallest { $0.explainer.name }
    let amongExplainers = smallest { $0.scheme }
    return methods.indices.map { i in
      guard let curves = curves[i] else { return nil }
      let contrast = curves.contrast(settings)
      let own = ContrastMetrics.commonCount(of: [counts[i]])
      return MapNumbers(
        salientCount: counts[i],
        caucAmongSchemes: amongSchemes[methods[i].explainer.name].map { contrast.cauc(over: $0) },
        caucAmongExplainers: amongExplainers[methods[i].scheme].map { contrast.cauc(over: $0) },
        ownCAUC: own.map { contrast.cauc(over: $0) }, cdrop: contrast.cdrop,
        whole: curves.whole.map { Whole($0, settings) })
    }
  }
}

extension MapNumbers.Whole {
  fileprivate init(_ whole: WholeMetrics, _ settings: MetricSettings) {
    deletion = whole.deletionArea
    insertion = whole.insertionArea
    logOdds = whole.logOddsArea
    relativeProbabilities = settings.areas.map { whole.relativeProbability(without: $0) }
  }
}
