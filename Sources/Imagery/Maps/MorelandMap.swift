internal import Glibc

/// The diverging colour map "cool to warm".
///
/// Both ends lie in the polar form of CIELAB that [Moreland 2009] calls Msh: magnitude, saturation
/// (the angle to the axis of greys) and hue. Each half goes straight from its end to the neutral
/// middle, so that lightness rises evenly to the middle and falls evenly from it; hue turns on the
/// way by as much as keeps the steps equally large (the function AdjustHue of the paper).
///
/// [Moreland 2009]: https://doi.org/10.1007/978-3-642-10520-3_9
enum MorelandMap {
  private struct Msh {
    var m: Double
    var s: Double
    var h: Double
  }

  private static let cool = Msh(m: 80, s: 1.08, h: -1.1)
  private static let warm = Msh(m: 80, s: 1.08, h: 0.5)
  private static let neutralMagnitude = 88.0

  static func color(at fraction: Double) -> Color {
    let end = fraction < 0.5 ? cool : warm
    let weight = abs(2 * fraction - 1)  // 1 at the end, 0 in the middle
    let middle = Msh(m: neutralMagnitude, s: 0, h: hue(of: end, at: neutralMagnitude))
    return color(
      Msh(
        m: weight * end.m + (1 - weight) * middle.m, s: weight * end.s,
        h: weight * end.h + (1 - weight) * middle.h))
  }

  /// AdjustHue: the hue to give an unsaturated colour on the way to a saturated one.
  private static func hue(of end: Msh, at magnitude: Double) -> Double {
    let spin =
      end.s * (magnitude * magnitude - end.m * end.m).squareRoot() / (end.m * sin(end.s))
    return end.h > -.pi / 3 ? end.h + spin : end.h - spin
  }

  private static func color(_ msh: Msh) -> Color {
    color(
      lightness: msh.m * cos(msh.s), a: msh.m * sin(msh.s) * cos(msh.h),
      b: msh.m * sin(msh.s) * sin(msh.h))
  }

  /// CIELAB under daylight (D65) as sRGB.
  private static func color(lightness: Double, a: Double, b: Double) -> Color {
    func inverse(_ f: Double) -> Double { f > 6.0 / 29 ? f * f * f : (f - 4.0 / 29) * 108 / 841 }
    let f = (lightness + 16) / 116
    let x = 0.95047 * inverse(f + a / 500)
    let y = inverse(f)
    let z = 1.08883 * inverse(f - b / 200)
    return Color(
      red: gamma(3.2406 * x - 1.5372 * y - 0.4986 * z),
      green: gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z),
      blue: gamma(0.0557 * x - 0.2040 * y + 1.0570 * z))
  }

  private static func gamma(_ part: Double) -> UInt8 {
    byte(Float((part > 0.0031308 ? 1.055 * pow(part, 1 / 2.4) - 0.055 : 12.92 * part) * 255))
  }
}
