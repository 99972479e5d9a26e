#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Points of 0…1 and weights that integrate over it.
struct Quadrature: Hashable, Sendable {
  let points: [Double]
  let weights: [Double]

  /// The rule of Gauss and Legendre, exact for polynomials up to degree `2 count − 1`.
  ///
  /// The points are the zeros of the Legendre polynomial, found by Newton's method from
  /// `cos π(i + ¾)/(n + ½)`; the weights are `2 / (1 − z²) Pₙ′(z)²`, both moved from −1…1 to 0…1.
  static func gaussLegendre(_ count: Int) -> Quadrature {
    let rule = (0..<count).reversed().map { i -> (point: Double, weight: Double) in
      var z = cos(.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      // Newton's method converges quadratically from there; a few rounds reach the last digit.
      for _ in 0..<8 {
        let legendre = legendre(count, at: z)
        slope = legendre.slope
        z -= legendre.value / slope
      }
      slope = legendre(count, at: z).slope
      return ((z + 1) / 2, 1 / ((1 - z * z) * slope * slope))
    }
    return Quadrature(points: rule.map(\.point), weights: rule.map(\.weight))
  }

  /// `Pₙ(z)` by the three-term recurrence, and its derivative.
  private static func legendre(_ n: Int, at z: Double) -> (value: Double, slope: Double) {
    var (last, value) = (0.0, 1.0)
    for k in 1...n {
      (last, value) = (
        value, (Double(2 * k - 1) * z * value - Double(k - 1) * last) / Double(k)
      )
    }
    return (value, Double(n) * (z * value - last) / (z * z - 1))
  }
}
