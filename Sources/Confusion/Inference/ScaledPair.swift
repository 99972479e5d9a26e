internal import Foundation

/// Two non-negative numbers of unbounded range, one for each state of a parent.
///
/// Products of many small probabilities leave the range of a `Double`. As long as a number is within
/// 2^±256 its exponent stays what it was, which is nearly always 0, and multiplying costs no more
/// than multiplying.
struct ScaledPair: BitwiseCopyable, Sendable {
  /// The numbers are `value · 2^exponent`.
  var value: SIMD2<Double>
  var exponent: SIMD2<Int32>

  init(_ value: SIMD2<Double>, exponent: SIMD2<Int32> = .zero) {
    (self.value, self.exponent) = (value, exponent)
  }

  /// Numbers given by their natural logarithms.
  init(logarithms: SIMD2<Double>) {
    self.init(.one)
    for i in 0..<2 where logarithms[i] != 0 {
      let power = (logarithms[i] * Self.doublings).rounded()
      let isPlain = abs(power) < 128 || !power.isFinite
      value[i] = exp(isPlain ? logarithms[i] : logarithms[i] - power / Self.doublings)
      exponent[i] = isPlain ? 0 : Int32(power)
    }
  }

  /// Whether the values are the numbers.
  var isPlain: Bool { exponent.x | exponent.y == 0 }

  /// Multiplies state by state.
  @inline(__always)
  mutating func multiply(by factor: SIMD2<Double>) {
    let product = value * factor
    if Self.isInRange(product.x), Self.isInRange(product.y) {
      value = product
    } else {
      multiplySlowly(by: ScaledPair(factor))
    }
  }

  @inline(__always)
  private static func isInRange(_ value: Double) -> Bool { value >= 0x1p-256 && value <= 0x1p256 }

  /// Multiplies whatever the ranges are.
  @inline(never)
  mutating func multiplySlowly(by factor: ScaledPair) {
    for i in 0..<2 {
      (value[i], exponent[i]) = Self.product(
        value[i], exponent[i], factor.value[i], factor.exponent[i])
    }
  }

  private static func product(
    _ left: Double, _ leftExponent: Int32, _ right: Double, _ rightExponent: Int32
  ) -> (Double, Int32) {
    if left == 0 || right == 0 { return (0, 0) }
    let exponent = Int32(left.exponent + right.exponent) + leftExponent + rightExponent
    let value = left.significand * right.significand
    guard abs(exponent) > 200 else { return (value * .exp2(Int(exponent)), 0) }
    return (value, exponent)
  }

  /// What the states of a child with weights `w₀`, `w₁` and these numbers add up to, and the share of
  /// each state in it, for each state of the parent: `wᵢ(y) bᵢ / Σⱼ wⱼ(y) bⱼ`.
  @inline(never)
  func mixed(_ zero: ScaledPair, _ one: ScaledPair) -> (sum: ScaledPair, shares: SIMD4<Double>) {
    var sum = ScaledPair(.zero)
    var shares = SIMD4<Double>.zero
    for y in 0..<2 {
      var (left, leftExponent) = Self.product(
        value.x, exponent.x, zero.value[y], zero.exponent[y])
      var (right, rightExponent) = Self.product(
        value.y, exponent.y, one.value[y], one.exponent[y])
      if left == 0 { leftExponent = rightExponent }
      if right == 0 { rightExponent = leftExponent }
      let common = max(leftExponent, rightExponent)
      left *= .exp2(Int(leftExponent - common))
      right *= .exp2(Int(rightExponent - common))
      guard left + right > 0 else { continue }
      sum.value[y] = left + right
      sum.exponent[y] = common
      shares[y] = left / (left + right)
      shares[y + 2] = right / (left + right)
    }
    return (sum, shares)
  }

  /// The natural logarithm of the first number.
  var firstLogarithm: Double { log(value.x) + Double(exponent.x) / Self.doublings }

  /// log₂ e.
  private static let doublings = 1.4426950408889634
}

extension Double {
  /// A power of two; 0 where it is too small to be one.
  fileprivate static func exp2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
