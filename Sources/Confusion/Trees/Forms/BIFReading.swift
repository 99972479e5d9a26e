internal import Files

/// The variables and tables of a Bayesian network in the interchange format BIF, in any order.
struct BIFReading {
  /// A variable as its blocks say.
  struct Variable {
    let name: String
    let states: [String]
    var parent: String?
    var table: LatentTree.Distribution.Table?
  }

  private(set) var variables: [Variable] = []
  private(set) var places: [String: Int] = [:]
  private var tables: [(name: String, parent: String?, cells: BIFTable)] = []
  private var text: BIFText
  private var path: String { text.path }

  /// Reads text as a latent tree.
  static func tree(of text: [UInt8], _ path: String) throws -> LatentTree {
    var reading = BIFReading(text: BIFText(text, path))
    guard String(validating: text, as: UTF8.self) != nil else {
      throw FileError.unreadable(path, .noText)
    }
    try reading.readBlocks()
    try reading.fillTables()
    return try BIFTree(reading.variables, reading.places, path).tree()
  }

  private init(text: BIFText) { self.text = text }

  private mutating func readBlocks() throws(TreeFileError) {
    while text.next != .end {
      switch text.next {
      case .word("network"):
        _ = text.take()
        while case .word = text.next { _ = text.take() }
        try skipBlock()
      case .word("variable"): try readVariable()
      case .word("probability"): try readTable()
      default: throw text.fault("“variable” or “probability”")
      }
    }
  }

  private mutating func readVariable() throws(TreeFileError) {
    _ = text.take()
    let name = try text.takeWord("a variable's name")
    try text.expect(.mark("{"))
    var states: [String]?
    while !text.skip(.mark("}")) {
      guard text.skip(.word("type")) else {
        try skipStatement()
        continue
      }
      if states != nil { throw .variable(name, .twice("type"), path) }
      states = try readStates(of: name)
    }
    guard let states, states.count == 2 else {
      throw .variable(name, .states(states?.count ?? 0), path)
    }
    if states[0] == states[1] { throw .variable(name, .twice(states[0]), path) }
    if places.updateValue(variables.count, forKey: name) != nil {
      throw .variable(name, .repeated, path)
    }
    variables.append(Variable(name: name, states: states))
  }

  private mutating func readStates(of name: String) throws(TreeFileError) -> [String] {
    try text.expect(.word("discrete"))
    try text.expect(.mark("["))
    let count = try text.takeWord("the number of states")
    try text.expect(.mark("]"))
    try text.expect(.mark("{"))
    var states: [String] = []
    while !text.skip(.mark("}")) {
      if !text.skip(.mark(",")) { states.append(try text.takeWord("a state's name")) }
    }
    _ = text.skip(.mark(";"))
    if Int(count) != states.count {
      throw .variable(name, .otherStateCount(said: count, found: states.count), path)
    }
    return states
  }

  private mutating func readTable() throws(TreeFileError) {
    _ = text.take()
    try text.expect(.mark("("))
    let name = try text.takeWord("a variable's name")
    var parent: String?
    if text.skip(.mark("|")) {
      parent = try text.takeWord("the parent's name")
      if text.next != .mark(")") { throw .variable(name, .severalParents, path) }
    }
    try text.expect(.mark(")"))
    try text.expect(.mark("{"))
    var cells = BIFTable()
    while !text.skip(.mark("}")) { try readNumbers(of: name, into: &cells) }
    tables.append((name, parent, cells))
  }

  /// Reads a statement of a `probability` block.
  private mutating func readNumbers(
    of name: String, into cells: inout BIFTable
  ) throws(TreeFileError) {
    let place: BIFTable.Place
    switch text.next {
    case .word("table"): place = .flat
    case .word("default"): place = .fallback
    case .mark("("): place = .row
    default: return try skipStatement()
    }
    _ = text.take()
    var state = ""
    if place == .row {
      state = try text.takeWord("the parent's state")
      try text.expect(.mark(")"))
    }
    let numbers = try readNumbers()
    do { try cells.add(numbers, at: place, state) } catch { throw .variable(name, error, path) }
  }

  private mutating func readNumbers() throws(TreeFileError) -> [Double] {
    var numbers: [Double] = []
    while !text.skip(.mark(";")) {
      if text.skip(.mark(",")) { continue }
      guard case .word(let word) = text.next, let number = Double(word) else {
        throw text.fault("a number or “;”")
      }
      _ = text.take()
      numbers.append(number)
    }
    return numbers
  }

  /// Passes over a property.
  private mutating func skipStatement() throws(TreeFileError) {
    while !text.skip(.mark(";")) {
      if text.next == .end || text.next == .mark("}") { throw text.fault("“;”") }
      _ = text.take()
    }
  }

  private mutating func skipBlock() throws(TreeFileError) {
    try text.expect(.mark("{"))
    while !text.skip(.mark("}")) {
      if text.next == .end { throw text.fault("“}”") }
      _ = text.take()
    }
  }

  private mutating func fillTables() throws(TreeFileError) {
    for (name, parent, cells) in tables {
      guard let place = places[name] else { throw .variable(name, .undeclared, path) }
      if variables[place].table != nil { throw .variable(name, .severalTables, path) }
      if let parent, places[parent] == nil { throw .variable(parent, .undeclared, path) }
      let above = parent.flatMap { places[$0] }.map { BIFTable.States(variables[$0].states) }
      do {
        variables[place].table = try cells.table(
          of: .init(variables[place].states), parent: above)
      } catch {
        throw .variable(name, error, path)
      }
      variables[place].parent = parent
    }
  }
}
