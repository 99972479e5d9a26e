/// Orders in which any beginning lies evenly over the whole.
enum RefiningOrder {
  /// 0 ..< count: the multiples of a large power of two first, then what lies halfway between, and so on.
  static func of(_ count: Int) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    var step = 1
    while step * 2 < count { step *= 2 }
    var order = Array(stride(from: 0, to: count, by: step))
    while step > 1 {
      order += stride(from: step / 2, to: count, by: step)
      step /= 2
    }
    return order
  }
}
