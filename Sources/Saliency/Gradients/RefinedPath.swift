/// The integral of one score's gradient along a path, by the trapezoid rule on parts that are
/// halved where it errs.
///
/// Every point gives the score's value as well as its gradient, so the error of each part is known:
///
///     eₖ = ½ hₖ (gₖ + gₖ₊₁) − (sₖ₊₁ − sₖ),  g = ds/dt
///
/// Networks of rectifiers bend everywhere, and mostly near the baseline, where the input is faint;
/// rules of high order gain nothing there. The parts therefore begin as the squares of evenly spaced
/// numbers, and the next to be halved are those of largest `√hₖ |eₖ|`. The root keeps short parts
/// from being halved on and on at one bend. Weights that would make each part's error 0 were tried:
/// they hide the error and double that of the attribution. What is chosen depends on this score
/// alone.
struct RefinedPath {
  /// A point of the path, at `t = u²`.
  struct Point {
    /// The place; halves, quarters and so on are exact.
    let u: Double
    /// The score there.
    let value: Double
    /// The score's derivative by t.
    let slope: Double

    var t: Double { u * u }
  }

  /// The parts at the start. Completeness may hold by luck with few.
  static let firstParts = 32
  /// How many parts are halved at a time.
  static let halvedAtOnce = 4

  private(set) var points: [Point] = []

  /// The places to begin with.
  static var firstPlaces: [Double] { (0...firstParts).map { Double($0) / Double(firstParts) } }

  /// Takes points in; their order does not matter.
  mutating func add(_ more: [Point]) {
    points = (points + more).sorted { $0.u < $1.u }
  }

  /// `s(x′)`.
  var first: Double { points.first?.value ?? 0 }

  /// `s(x)`.
  var last: Double { points.last?.value ?? 0 }

  /// `s(x) − s(x′)`.
  var difference: Double { last - first }

  /// `Σ eₖ`, the completeness error.
  var error: Double { parts.reduce(0) { $0 + Self.error($1) } }

  /// Where to look next.
  var nextPlaces: [Double] {
    let errors = parts.map { part -> (size: Double, middle: Double) in
      (part.length.squareRoot() * abs(Self.error(part)), (part.from.u + part.to.u) / 2)
    }
    return errors.sorted { ($1.size, $0.middle) < ($0.size, $1.middle) }
      .prefix(Self.halvedAtOnce).map(\.middle)
  }

  /// The trapezoid rule's weight of the gradient at each place.
  var weights: [Double: Double] {
    var weights: [Double: Double] = [:]
    for part in parts {
      weights[part.from.u, default: 0] += part.length / 2
      weights[part.to.u, default: 0] += part.length / 2
    }
    return weights
  }

  private typealias Part = (from: Point, to: Point, length: Double)

  private var parts: [Part] { zip(points, points.dropFirst()).map { ($0, $1, $1.t - $0.t) } }

  private static func error(_ part: Part) -> Double {
    0.5 * part.length * (part.from.slope + part.to.slope) - (part.to.value - part.from.value)
  }
}
