internal import Foundation

/// The two numbers that CWOX measures a map by.
public struct ContrastMetrics: Hashable, Sendable {
  /// The curve to n_δ.
  public let curve: ContrastCurve
  /// n_δ of the map.
  public let salientCount: Int
  /// n, the pixels of the picture.
  public let featureCount: Int
  /// Whose arithmetic, δ, τ and step.
  public let settings: MetricSettings

  /// Joins a curve and what it belongs to.
  ///
  /// - Parameter curve: At the counts of a map of so many salient pixels, as ``MapMeasurer`` gives.
  public init(
    _ curve: ContrastCurve, salientCount: Int, featureCount: Int,
    _ settings: MetricSettings = MetricSettings()
  ) {
    self.curve = curve
    self.salientCount = salientCount
    self.featureCount = featureCount
    self.settings = settings
  }

  /// The area under the contrastive score while the first `count` pixels go; smaller is better.
  ///
  ///     CAUC = (1/n) Σ_{r=1}^{n_δ} s(r)                            (4)
  ///
  /// Equation 4 of Xie et al. 2023. Between points of the curve s is interpolated linearly, so a step
  /// of 1 is exact. A map that shows nothing deletes nothing: its s stays what it was.
  ///
  /// - Parameter count: n_δ of this map, or the smallest among the maps that are compared.
  public func cauc(over count: Int) -> Double {
    switch settings.arithmetic {
    case .equations: sum(over: count) / Double(featureCount)
    case .published: publishedArea(over: count)
    }
  }

  /// The drop of the contrastive score, less for many salient pixels; larger is better.
  ///
  ///     CDROP = (s(1) − s(n_δ+1)) / log₂(1 + max{n_δ, τ}/τ),  τ = 0.05 n          (5)
  ///
  /// Equation 5 of Xie et al. 2023; exact at any step.
  ///
  /// - Returns: 0 for a map that shows nothing; by the published arithmetic `nil`, for there the code
  ///   ends in no number.
  public var cdrop: Double? {
    let threshold = settings.penaltyFraction * Double(featureCount)
    let penalty = log2(1 + max(Double(salientCount), threshold) / threshold)
    let scores = curve.scores
    switch settings.arithmetic {
    case .equations: return (scores[0] - (scores.last ?? scores[0])) / penalty
    case .published:
      let length = min(Self.published(salientCount, step: settings.step), scores.count)
      if length == 0 { return nil }
      let end =
        length >= 3
        ? scores[length - 3..<length].reduce(0, +) / 3 : scores[length - 1]
      return (scores[0] - end) / penalty
    }
  }

  /// `Σ_{r=1}^{count} s(r)`, s(r) being the score after r − 1 deletions.
  private func sum(over count: Int) -> Double {
    let scores = curve.scores
    var sum = 0.0
    for (i, start) in curve.counts.enumerated().dropLast() where start < count {
      let end = curve.counts[i + 1]
      let length = Double(min(end, count) - start)
      let slope = (scores[i + 1] - scores[i]) / Double(end - start)
      sum += length * scores[i] + slope * length * (length - 1) / 2
    }
    let beyond = max(0, count - (curve.counts.last ?? 0))
    return sum + Double(beyond) * (scores.last ?? 0)
  }

  /// The points that the code's curve has.
  private static func published(_ count: Int, step: Int) -> Int {
    (count + max(1, step) - 1) / max(1, step)
  }

  /// Half of the end points and all between, over the number of points that a whole curve would have.
  private func publishedArea(over count: Int) -> Double {
    let points = max(1, Self.published(count, step: settings.step))
    var scores = Array(curve.scores.prefix(points))
    if let last = scores.last {
      scores += Array(repeating: last, count: points - scores.count)
    }
    let whole = Self.published(featureCount, step: settings.step) + 1
    let ends = scores[0] + (scores.last ?? 0)
    return (scores.reduce(0, +) - ends / 2) / Double(whole)
  }
}

extension ContrastMetrics {
  /// The number of pixels that maps of one pair are compared on: the smallest n_δ of those that show
  /// anything.
  ///
  /// - Returns: `nil` where none does.
  public static func commonCount(of salientCounts: some Sequence<Int>) -> Int? {
    salientCounts.filter { $0 > 0 }.min()
  }
}
