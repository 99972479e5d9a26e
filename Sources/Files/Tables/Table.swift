public import Terms

/// A table of named columns, each of one type, in which values may be missing.
public struct Table: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// What the first line, or the schema, calls it.
    public let name: String
    /// Its values, from the first row down.
    public let values: Values

    /// Names values.
    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }

    /// A column of text.
    public static func text(_ name: String, _ values: [String?]) -> Column {
      Column(name, .text(values))
    }

    /// A column of integers.
    public static func integers(_ name: String, _ values: [Int?]) -> Column {
      Column(name, .integers(values))
    }

    /// A column of numbers.
    public static func numbers(_ name: String, _ values: [Double?]) -> Column {
      Column(name, .numbers(values))
    }
  }

  /// The values of a column; `nil` is a missing one, which is neither NaN nor empty text.
  public enum Values: Hashable, Sendable {
    /// Text.
    case text([String?])
    /// Integers of 64 bits.
    case integers([Int?])
    /// Numbers of 64 bits, NaN and infinities among them.
    case numbers([Double?])

    /// How many values there are, missing ones counted.
    public var count: Int {
      switch self {
      case .text(let values): values.count
      case .integers(let values): values.count
      case .numbers(let values): values.count
      }
    }
  }

  /// Its columns, from the left.
  public let columns: [Column]
  /// How many rows it has.
  public let rowCount: Int

  /// Sets columns side by side.
  ///
  /// - Throws: ``TableError``, unless there are columns, of one length, each with a name of its own.
  public init(_ columns: [Column]) throws(TableError) {
    guard let rowCount = columns.first?.values.count else { throw .noColumns }
    var names: Set<String> = []
    for (place, column) in columns.enumerated() {
      if column.name.isEmpty { throw .nameless(at: place) }
      guard names.insert(column.name).inserted else { throw .repeatedName(column.name) }
      guard column.values.count == rowCount else {
        throw .differentCounts(column.name, column.values.count, expected: rowCount)
      }
    }
    self.columns = columns
    self.rowCount = rowCount
  }
}

/// What can be wrong with the columns of a table.
public enum TableError: Fault, Hashable {
  /// There are none.
  case noColumns
  /// One has no name.
  case nameless(at: Int)
  /// Two have one name.
  case repeatedName(String)
  /// One has more values than the first, or fewer.
  case differentCounts(String, Int, expected: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noColumns: "a table has at least one column"
    case .nameless(let place): "column \(place) has no name"
    case .repeatedName(let name): "two columns are named “\(name)”; rename one"
    case .differentCounts(let name, let count, let expected):
      "the column “\(name)” has \(count) values where the first has \(expected)"
    }
  }
}
