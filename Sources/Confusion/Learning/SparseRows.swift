/// Weighted rows of rising variables, one after another.
struct SparseRows {
  var variables: [Int32] = []
  var starts: [Int] = [0]
  var weights: [Double] = []

  /// The rows, equal ones as one that weighs as much as all, in order of first appearance.
  func merged() -> SparseRows {
    var result = SparseRows()
    var places: [Int32] = .init(repeating: -1, count: Self.tableSize(weights.count))
    let mask = places.count - 1
    for row in 0..<weights.count {
      let bounds = starts[row]..<starts[row + 1]
      if bounds.isEmpty { continue }
      var slot = Int(truncatingIfNeeded: hash(bounds)) & mask
      while places[slot] >= 0, !equals(bounds, result, Int(places[slot])) {
        slot = (slot + 1) & mask
      }
      if places[slot] >= 0 {
        result.weights[Int(places[slot])] += weights[row]
      } else {
        places[slot] = Int32(result.weights.count)
        result.append(variables[bounds], weight: weights[row])
      }
    }
    return result
  }

  /// Adds a row.
  mutating func append(_ row: some Sequence<Int32>, weight: Double) {
    variables.append(contentsOf: row)
    starts.append(variables.count)
    weights.append(weight)
  }

  private static func tableSize(_ count: Int) -> Int {
    var size = 16
    while size < 2 * count { size *= 2 }
    return size
  }

  private func hash(_ bounds: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for place in bounds {
      hash = (hash ^ UInt64(UInt32(bitPattern: variables[place]))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    return hash
  }

  private func equals(_ bounds: Range<Int>, _ other: SparseRows, _ row: Int) -> Bool {
    let start = other.starts[row]
    guard other.starts[row + 1] - start == bounds.count else { return false }
    for (offset, place) in bounds.enumerated()
    where variables[place] != other.variables[start + offset] {
      return false
    }
    return true
  }
}
