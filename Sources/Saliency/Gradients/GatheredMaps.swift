internal import Tensors

/// Moments of the maps of several samples.
struct GatheredMaps {
  private var attributions = Moments()
  private var sums = Moments()
  private var hasAttributions = true

  /// Takes in attributions `[S, n, C, H, W]`.
  mutating func add(_ signed: Tensor) throws {
    try attributions.add(signed)
    try sums.add(signed.sum(axes: [2]))
  }

  /// Takes in one sample's maps.
  mutating func add(_ maps: [SaliencyMap]) throws {
    let signed = maps.compactMap(\.attribution)
    if signed.count == maps.count, hasAttributions {
      try add(.stacked(signed).withAxis(at: 1))
    } else {
      hasAttributions = false
      try sums.add(.stacked(maps.map(\.values)).withAxis(at: 1))
    }
  }

  /// The maps of a statistic, one a score.
  func maps(_ statistic: NoiseTunnel.Statistic) throws -> [SaliencyMap] {
    let found = try statistic(hasAttributions ? attributions : sums)
    let errors = try sums.standardErrors()
    return try errors.indices.map { s in
      let map = try found.select(axis: 0, index: s)
      var measurements: [SaliencyMap.Measurement: Float] = [.samples: Float(sums.count)]
      if statistic == .mean { measurements[.standardError] = errors[s] }
      return hasAttributions
        ? try SaliencyMap(attribution: map, measurements: measurements)
        : SaliencyMap(
          values: map, atLayer: map, rectification: .none, measurements: measurements)
    }
  }
}

extension NoiseTunnel.Statistic {
  fileprivate func callAsFunction(_ moments: Moments) throws -> Tensor {
    switch self {
    case .mean: try moments.mean()
    case .squared: try moments.meanSquare()
    case .variance: try moments.variance()
    }
  }
}
