/// How two rows of bytes differ, in words that help when a test fails.
struct Difference: CustomStringConvertible {
  let largest: Int
  let description: String
  private let distances: [Int]

  init(_ found: [UInt8], _ expected: [UInt8]) {
    guard found.count == expected.count else {
      distances = [256]
      largest = 256
      description = "\(found.count) bytes where \(expected.count) are expected"
      return
    }
    distances = zip(found, expected).map { abs(Int($0) - Int($1)) }
    largest = distances.max() ?? 0
    let worst = distances.firstIndex(of: largest) ?? 0
    let share = Double(distances.count { $0 > 1 }) / Double(max(distances.count, 1))
    description =
      found.isEmpty
      ? "no bytes"
      : "byte \(worst) is \(found[worst]), expected \(expected[worst]); beyond 1: \(share * 100) %"
  }

  /// The share of bytes that differ by no more than `tolerance`.
  func share(within tolerance: Int) -> Double {
    Double(distances.count { $0 <= tolerance }) / Double(max(distances.count, 1))
  }
}
