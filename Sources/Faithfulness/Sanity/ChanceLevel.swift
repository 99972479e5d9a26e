internal import Tensors
internal import Terms

/// How alike a map is to maps of its kind that have nothing to do with it.
///
/// Smooth maps, and maps that are empty for the most part, are somewhat alike whatever they show, so a
/// similarity says nothing alone. Here the unrelated maps are the map itself, moved by random
/// numbers of rows and columns around the picture's edges: they have its values, its smoothness and
/// its texture, at other places.
///
/// - Randomness: move `i` follows from stream `i`.
public struct ChanceLevel: Hashable, Sendable, Codable {
  /// What unrelated maps reach of one measure.
  public struct Level: Hashable, Sendable, Codable {
    /// The middle one.
    public let median: Double
    /// What one in twenty exceeds.
    public let upper: Double

    /// Describes what was reached.
    public init(median: Double, upper: Double) { (self.median, self.upper) = (median, upper) }

    init(of values: [Double]) {
      let sorted = values.sorted()
      median = sorted[sorted.count / 2]
      upper = sorted[min(sorted.count - 1, (sorted.count + 1) * 19 / 20 - 1)]
    }

    /// How much of a likeness is more than chance:
    ///
    ///     (s − median) / (1 − median)
    ///
    /// 1 for the same map, 0 for one as alike as unrelated maps are; as Cohen's κ corrects agreement.
    /// `nil` where unrelated maps are all but the same, so that the measure tells nothing.
    public func kept(of similarity: Double) -> Double? {
      median < 0.95 ? (similarity - median) / (1 - median) : nil
    }
  }

  /// Of ``MapSimilarity/magnitudeCorrelation``; `nil` where magnitudes are all equal.
  public let magnitudeCorrelation: Level?
  /// Of ``MapSimilarity/ssim``.
  public let ssim: Level

  /// Joins levels.
  public init(magnitudeCorrelation: Level?, ssim: Level) {
    self.magnitudeCorrelation = magnitudeCorrelation
    self.ssim = ssim
  }

  /// Moves a map; `nil` where it has the same value everywhere.
  init?(of map: ComparedMap, by ssim: SSIM, seed: Seed) throws(TensorError) {
    let streams = RandomStream(seed)
    var found: [MapSimilarity] = []
    for i in 0..<Self.moveCount {
      var stream = streams.stream(for: i)
      // Not at all is no move.
      let place = 1 + Int(stream.uniform() * Float(map.height * map.width - 1))
      let moved = map.moved(rows: place / map.width, columns: place % map.width)
      guard let similarity = try map.similarity(to: moved, by: ssim) else { return nil }
      found.append(similarity)
    }
    let magnitudes = found.compactMap(\.magnitudeCorrelation)
    magnitudeCorrelation = magnitudes.isEmpty ? nil : Level(of: magnitudes)
    self.ssim = Level(of: found.map(\.ssim))
  }

  /// How much of a map's likeness to another is more than chance, by the measure that finds more.
  ///
  /// - Returns: `nil` where neither measure tells anything.
  public func kept(of similarity: MapSimilarity) -> Double? {
    [
      magnitudeCorrelation.flatMap { level in
        similarity.magnitudeCorrelation.flatMap(level.kept)
      },
      ssim.kept(of: similarity.ssim),
    ].compactMap(\.self).max()
  }

  /// Whether maps are more alike, by either measure, than 19 of 20 unrelated ones.
  public func isExceeded(by similarity: MapSimilarity) -> Bool {
    if let level = magnitudeCorrelation, let found = similarity.magnitudeCorrelation,
      level.kept(of: found) != nil, found > level.upper
    {
      return true
    }
    return ssim.kept(of: similarity.ssim) != nil && similarity.ssim > ssim.upper
  }

  static let moveCount = 39
}
