/// Documents as they come, equal ones found by hashing.
struct CaseMerging {
  private(set) var words: [Int32] = []
  private(set) var starts: [Int] = [0]
  private(set) var weights: [Double] = []
  /// The case at each place of the hash table; -1 where it is free.
  private var table: [Int32]
  private var mask: Int

  init(expected: Int, words count: Int) {
    words.reserveCapacity(count)
    starts.reserveCapacity(expected + 1)
    weights.reserveCapacity(expected)
    var size = 16
    while size < 2 * expected { size *= 2 }
    table = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// Adds a document of rising words; there must be no more of them than were expected.
  mutating func add(_ document: [Int32]) {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in document {
      hash = (hash ^ UInt64(UInt32(bitPattern: word))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    var place = Int(truncatingIfNeeded: hash >> 17) & mask
    while table[place] >= 0 {
      let found = Int(table[place])
      if isEqual(found, document) {
        weights[found] += 1
        return
      }
      place = (place + 1) & mask
    }
    table[place] = Int32(weights.count)
    words += document
    starts.append(words.count)
    weights.append(1)
  }

  private func isEqual(_ found: Int, _ document: [Int32]) -> Bool {
    let start = starts[found]
    guard starts[found + 1] - start == document.count else { return false }
    for offset in document.indices where words[start + offset] != document[offset] { return false }
    return true
  }

  /// For each word the number of nodes above both it and the word before it.
  func shared(in layout: TreeLayout) -> [UInt8] {
    var shared = [UInt8](repeating: 0, count: words.count)
    for place in weights.indices {
      for index in starts[place]..<starts[place + 1] where index > starts[place] {
        shared[index] = UInt8(layout.shared(Int(words[index - 1]), Int(words[index])))
      }
    }
    return shared
  }
}
