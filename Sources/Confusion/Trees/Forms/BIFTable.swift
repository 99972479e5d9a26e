/// The numbers of a `probability` block.
struct BIFTable {
  /// Those after `table`: the parent's states vary fastest.
  private(set) var flat: [Double]?
  /// Those after a state of the parent in brackets.
  private(set) var rows: [(state: String, numbers: [Double])] = []
  /// Those after `default`, for the states of the parent that have no row.
  private(set) var fallback: [Double]?

  typealias Fault = TreeFileError.VariableFault

  /// The two states of a variable, in the order of its block.
  struct States {
    let names: [String]
    /// The place of the state that stands for 1.
    let one: Int

    /// What stands for 1 is what says “there”; of names that do not tell, the second.
    init(_ names: [String]) { (self.names, one) = (names, StateWords.presentPlace(names) ?? 1) }
  }

  /// Where numbers stand in a block.
  enum Place { case flat, fallback, row }

  /// Adds numbers; the state is that of a row.
  mutating func add(_ numbers: [Double], at place: Place, _ state: String) throws(Fault) {
    switch place {
    case .flat:
      if flat != nil { throw .twice("table") }
      flat = numbers
    case .fallback:
      if fallback != nil { throw .twice("default") }
      fallback = numbers
    case .row:
      if rows.contains(where: { $0.state == state }) { throw .twice("(\(state))") }
      rows.append((state, numbers))
    }
  }

  /// `P(1 | parent = 0)` and `P(1 | parent = 1)`.
  ///
  /// - Parameter parent: `nil` for a root.
  func table(of own: States, parent: States?) throws(Fault) -> LatentTree.Distribution.Table {
    if flat != nil, !rows.isEmpty { throw .tableAndRows }
    guard let parent else {
      if let row = rows.first { throw .rowOfRoot(row.state) }
      let present = try Self.present(flat ?? fallback ?? [], of: own)
      return [present, present]
    }
    if let flat { return try Self.table(flat, of: own, parent: parent) }
    if let other = rows.first(where: { !parent.names.contains($0.state) }) {
      throw .unknownState(other.state, of: parent.names)
    }
    var table = LatentTree.Distribution.Table()
    for (place, state) in parent.names.enumerated() {
      guard let numbers = rows.first(where: { $0.state == state })?.numbers ?? fallback else {
        throw .noRow(state)
      }
      table[place == parent.one ? 1 : 0] = try Self.present(numbers, of: own)
    }
    return table
  }

  /// A flat table.
  ///
  /// The HLTA program transposes some tables of its top level, those whose parent it numbers before
  /// the child; there the rows add up to 1 and not the columns.
  private static func table(
    _ cells: [Double], of own: States, parent: States
  ) throws(Fault) -> LatentTree.Distribution.Table {
    if cells.count != 4 { throw .cells(cells.count, expected: 4) }
    let isTransposed =
      !(isOne(cells[0] + cells[2]) && isOne(cells[1] + cells[3]))
      && isOne(cells[0] + cells[1]) && isOne(cells[2] + cells[3])
    var table = LatentTree.Distribution.Table()
    for place in 0..<2 {
      let numbers =
        isTransposed
        ? [cells[2 * place], cells[2 * place + 1]] : [cells[place], cells[2 + place]]
      table[place == parent.one ? 1 : 0] = try present(numbers, of: own)
    }
    return table
  }

  /// `P(1)` of two numbers, which rounding may have kept from adding up to 1.
  private static func present(_ numbers: [Double], of own: States) throws(Fault) -> Double {
    if numbers.count != 2 { throw .cells(numbers.count, expected: 2) }
    let (present, absent) = (numbers[own.one], numbers[1 - own.one])
    guard absent >= 0, present >= 0, abs(absent + present - 1) < 0.01 else { throw .sums }
    return isOne(absent + present) ? min(present, 1) : present / (absent + present)
  }

  private static func isOne(_ sum: Double) -> Bool { abs(sum - 1) < 1e-9 }
}
