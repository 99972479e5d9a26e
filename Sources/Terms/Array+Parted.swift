/// Results that were to be cut apart do not match what was asked.
public struct Miscount: Fault, Hashable {
  /// How many results the groups ask for.
  public let expected: Int
  /// How many there are.
  public let found: Int

  /// Says how many there are of how many.
  public init(expected: Int, found: Int) { (self.expected, self.found) = (expected, found) }

  /// Whose the fault is.
  public var kind: FaultKind { .defect }

  /// One sentence that says what was wrong.
  public var description: String {
    "\(Counted.text(found, "result")) came back for \(Counted.text(expected, "question"))"
  }
}

extension Array {
  /// The elements cut apart into groups of these lengths, in order.
  ///
  /// Groups are flattened, computed all at once, and cut apart again; a result too few or too many would
  /// shift every answer behind it by one, so it is an error.
  ///
  /// - Throws: ``Miscount`` where there are not just as many elements as the groups hold.
  /// - Complexity: O(*n*).
  public func parted(into counts: [Int]) throws(Miscount) -> [[Element]] {
    let expected = counts.reduce(0, +)
    guard expected == count, counts.allSatisfy({ $0 >= 0 }) else {
      throw Miscount(expected: expected, found: count)
    }
    var start = 0
    return counts.map { length in
      defer { start += length }
      return Array(self[start..<start + length])
    }
  }

  /// The elements cut apart as others are: an element for each of theirs.
  ///
  /// - Throws: ``Miscount`` where there are not just as many elements as the groups hold.
  public func parted<Other>(like groups: [[Other]]) throws(Miscount) -> [[Element]] {
    try parted(into: groups.map(\.count))
  }
}
