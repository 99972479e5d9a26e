#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stream of random numbers that follows from a key and a counter alone.
///
/// SplitMix64 (Steele, Lea and Flood 2014) over `key + counter`. Item `i` of a list draws from
/// ``stream(for:)``, which depends on the key and not on how much was drawn, so neither batch sizes
/// nor thread counts change a result.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: UInt64
  private var counter: UInt64 = 0

  /// Starts the stream of a seed.
  public init(_ seed: Seed) { key = Self.mixed(seed.value) }

  private init(key: UInt64) { self.key = key }

  /// The stream of item `index`, the same whenever it is asked for.
  public func stream(for index: Int) -> RandomStream {
    RandomStream(key: Self.mixed(key ^ Self.mixed(UInt64(bitPattern: Int64(index)) &+ 1)))
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mixed(key &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A number in 0 ..< 1, one of 2²⁴ equally likely ones.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A draw from the standard normal distribution, by Box and Muller's transformation.
  public mutating func normal() -> Float {
    let radius = (-2 * log(Double(1 - uniform()))).squareRoot()
    return Float(radius * cos(2 * .pi * Double(uniform())))
  }

  /// The numbers 0 ..< count in random order, by Fisher and Yates's shuffle.
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, Int(next().multipliedFullWidth(by: UInt64(i + 1)).high))
    }
    return order
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
