/// The numbers of a `probability` block.
struct BIFTable {
  /// Those after `table`: the parent's states vary fastest.
  var flat: [Double]?
  /// Those after a state of the parent in brackets.
  var rows: [(state: String, numbers: [Double])] = []

  typealias Fault = TreeFileError.VariableFault

  /// `P(1 | parent = 0)` and `P(1 | parent = 1)`.
  ///
  /// - Parameter parentStates: The parent's states; `nil` for a root.
  func table(parentStates: [String]?) throws(Fault) -> LatentTree.Distribution.Table {
    guard let parentStates else {
      let numbers = flat ?? rows.first?.numbers ?? []
      if numbers.count != 2 { throw .cells(numbers.count, expected: 2) }
      let present = try Self.present(numbers[0], numbers[1])
      return [present, present]
    }
    if let flat { return try Self.table(flat) }
    var table = LatentTree.Distribution.Table()
    var found: Set<Int> = []
    for row in rows {
      guard row.numbers.count == 2, let state = parentStates.firstIndex(of: row.state) else {
        throw .cells(row.numbers.count, expected: 2)
      }
      found.insert(state)
      table[state] = try Self.present(row.numbers[0], row.numbers[1])
    }
    if found.count != 2 { throw .cells(found.count * 2, expected: 4) }
    return table
  }

  /// A flat table.
  ///
  /// The HLTA program transposes some tables of its top level, those whose parent it numbers before
  /// the child; there the rows add up to 1 and not the columns.
  private static func table(_ cells: [Double]) throws(Fault) -> LatentTree.Distribution.Table {
    if cells.count != 4 { throw .cells(cells.count, expected: 4) }
    let isTransposed =
      !(isOne(cells[0] + cells[2]) && isOne(cells[1] + cells[3]))
      && isOne(cells[0] + cells[1]) && isOne(cells[2] + cells[3])
    return isTransposed
      ? [try present(cells[0], cells[1]), try present(cells[2], cells[3])]
      : [try present(cells[0], cells[2]), try present(cells[1], cells[3])]
  }

  /// `P(1)` of two numbers, which rounding may have kept from adding up to 1.
  private static func present(_ absent: Double, _ present: Double) throws(Fault) -> Double {
    guard absent >= 0, present >= 0, abs(absent + present - 1) < 0.01 else { throw .sums }
    return isOne(absent + present) ? min(present, 1) : present / (absent + present)
  }

  private static func isOne(_ sum: Double) -> Bool { abs(sum - 1) < 1e-9 }
}
