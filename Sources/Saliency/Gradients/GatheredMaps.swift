internal import Networks
internal import Tensors

/// Moments of the maps of several samples.
struct GatheredMaps {
  private var attributions = Moments()
  private var sums = Moments()
  private var hasAttributions = true
  private let features: Features

  init(over features: Features) { self.features = features }

  /// Takes in attributions `[S, n, …]`.
  mutating func add(_ signed: Tensor) throws {
    try attributions.add(signed)
    try sums.add(features.reduced(samples: signed, by: ChannelReduction.sum.callAsFunction))
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
    return try measurements(statistic).enumerated().map { s, measurements in
      let map = try found.select(axis: 0, index: s)
      return hasAttributions
        ? try SaliencyMap(attribution: map, over: features, measurements: measurements)
        : SaliencyMap(
          values: map, atLayer: map, rectification: .none, over: features,
          measurements: measurements)
    }
  }

  /// The attributions `[S, …]` of a statistic, and what is known of each.
  func attributions(
    _ statistic: NoiseTunnel.Statistic
  ) throws -> (signed: Tensor, [[SaliencyMap.Measurement: Float]]) {
    (try statistic(attributions), try measurements(statistic))
  }

  private func measurements(
    _ statistic: NoiseTunnel.Statistic
  ) throws -> [[SaliencyMap.Measurement: Float]] {
    try sums.standardErrors().map { error in
      var found: [SaliencyMap.Measurement: Float] = [.samples: Float(sums.count)]
      if statistic == .mean { found[.standardError] = error }
      return found
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
