public import Terms

/// Intervals by resampling: what a statistic would be, had other units been drawn.
///
/// The percentile interval of [Efron 1979]: each replicate draws as many units as there are, with
/// replacement, and the interval cuts off (1 − level)/2 of the replicates' statistics on either side.
///
/// Units are drawn by place, and replicate i draws from stream i of the seed. So equal counts of units have
/// the same places drawn: intervals of several columns, and of their differences, are of the same resampled
/// units without further care, and depend on neither threads nor each other. Give units in an order
/// that does not depend on when they came; another order is another draw.
///
/// - Randomness: all draws follow from `seed`.
/// - Complexity: replicates × units draws.
///
/// [Efron 1979]: https://doi.org/10.1214/aos/1176344552
public struct Bootstrap: Hashable, Sendable {
  /// How many times units are drawn anew.
  public let replicateCount: Int
  /// What all draws follow from.
  public let seed: Seed
  /// The confidence of intervals.
  public let level: Double

  /// Chooses a bootstrap.
  ///
  /// - Throws: ``StatisticsError/replicateCountOutOfRange(_:)``,
  ///   ``StatisticsError/levelOutOfRange(_:)``.
  public init(
    replicateCount: Int = 2000, seed: Seed, level: Double = 0.95
  ) throws(StatisticsError) {
    guard replicateCount > 0 else { throw .replicateCountOutOfRange(replicateCount) }
    _ = try tail(of: level)
    self.replicateCount = replicateCount
    self.seed = seed
    self.level = level
  }

  /// The places that a replicate draws, `count` of 0 ..< count with replacement.
  public func places(ofReplicate replicate: Int, count: Int) -> [Int] {
    var stream = RandomStream(seed).stream(for: replicate)
    return (0..<max(count, 0)).map { _ in
      Int(stream.next().multipliedFullWidth(by: UInt64(count)).high)
    }
  }

  /// The interval of any statistic of units.
  ///
  /// - Parameter statistic: Takes as many units as there are, some several times.
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for less than 2 units, whose resamples say nothing;
  ///   ``StatisticsError/statisticNotFinite(_:replicate:)``; what the statistic throws.
  public func interval<Unit>(
    of units: [Unit], statistic: ([Unit]) throws -> Double
  ) throws -> Interval {
    guard units.count > 1 else { throw StatisticsError.tooFew(units.count, needed: 2) }
    var replicates: [Double] = []
    for replicate in 0..<replicateCount {
      let value = try statistic(
        places(ofReplicate: replicate, count: units.count).map { units[$0] })
      guard value.isFinite else {
        throw StatisticsError.statisticNotFinite(value, replicate: replicate)
      }
      replicates.append(value)
    }
    return interval(ofReplicates: replicates)
  }

  /// The percentiles of replicates, interpolated linearly between neighbours in order.
  func interval(ofReplicates replicates: [Double]) -> Interval {
    let sorted = replicates.sorted()
    let alpha = (1 - level) / 2
    return Interval(
      low: Self.quantile(alpha, of: sorted), high: Self.quantile(1 - alpha, of: sorted),
      level: level)
  }

  private static func quantile(_ fraction: Double, of sorted: [Double]) -> Double {
    let place = fraction * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
