public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Spot {
  /// Kulldorff's log-likelihood ratio for a unit of mass, in nats.
  ///
  ///     Λ = s log(s / a) + (1 − s) log((1 − s) / (1 − a))     where s > a, else 0
  ///
  /// with s the ``massFraction`` and a the ``areaFraction``: how much likelier the map is where the
  /// square has a density of its own than where the mass lies evenly. For N cases the scan statistic's
  /// log λ is `N Λ` ([Kulldorff 1997], section 3, the Poisson model, whose background here is area).
  /// A map's mass is no count of cases, so Λ ranks squares and says nothing of significance.
  ///
  /// [Kulldorff 1997]: https://doi.org/10.1080/03610929708831995
  public var logLikelihoodRatio: Double {
    let (s, a) = (massFraction, areaFraction)
    guard s > a, a > 0 else { return 0 }
    let outside = s < 1 ? (1 - s) * log((1 - s) / (1 - a)) : 0
    return s * log(s / a) + outside
  }

  /// Finds the square of the largest ``logLikelihoodRatio``, over all squares whose sides are from 2
  /// pixels to half of the map's shorter side.
  ///
  /// Of squares that are alike to rounding it is the smallest, then the uppermost, then the leftmost.
  ///
  /// - Returns: `nil` where no square holds more than its share, as where the map is 0, even, or
  ///   smaller than 4 pixels a side.
  /// - Complexity: O(H W min(H, W)).
  public init?(in table: MassTable) {
    // Shares are sums of some 10⁵ numbers at most, right to 10⁻¹¹.
    let rounding = 1e-9
    var best: (spot: Spot, ratio: Double)?
    let (width, height) = (table.width, table.height)
    for side in stride(from: 2, through: min(width, height) / 2, by: 1) {
      let area = Double(side * side) / Double(width * height)
      for top in 0...height - side {
        for left in 0...width - side {
          let mass = table.fraction(top: top, left: left, side: side)
          guard mass > area + rounding else { continue }
          let spot = Spot(
            top: top, left: left, side: side, massFraction: mass, areaFraction: area)
          let ratio = spot.logLikelihoodRatio
          if ratio > (best?.ratio ?? 0) + rounding { best = (spot, ratio) }
        }
      }
    }
    guard let best else { return nil }
    self = best.spot
  }

  /// The same for a map's numbers, row by row; magnitudes count.
  ///
  /// - Throws: ``TensorError/elementCount(_:shape:)`` for another number than `width · height`.
  public init?(in map: [Float], width: Int, height: Int) throws(TensorError) {
    self.init(in: try MassTable(of: map, width: width, height: height))
  }
}
