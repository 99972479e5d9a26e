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
    var states: [String] = []
    while !text.skip(.mark("}")) {
      guard text.skip(.word("type")) else {
        try skipStatement()
        continue
      }
      try text.expect(.word("discrete"))
      try text.expect(.mark("["))
      _ = try text.takeWord("the number of states")
      try text.expect(.mark("]"))
      try text.expect(.mark("{"))
      while !text.skip(.mark("}")) {
        if !text.skip(.mark(",")) { states.append(try text.takeWord("a state's name")) }
      }
      _ = text.skip(.mark(";"))
    }
    if states.count != 2 { throw .variable(name, .states(states.count), path) }
    if places.updateValue(variables.count, forKey: name) != nil {
      throw .variable(name, .repeated, path)
    }
    variables.append(Variable(name: name, states: states))
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
    while !text.skip(.mark("}")) {
      switch text.next {
      case .word("table"):
        _ = text.take()
        cells.flat = try readNumbers()
      case .mark("("):
        _ = text.take()
        let state = try text.takeWord("the parent's state")
        try text.expect(.mark(")"))
        cells.rows.append((state, try readNumbers()))
      default: try skipStatement()
      }
    }
    tables.append((name, parent, cells))
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
      let states = parent.flatMap { places[$0] }.map { variables[$0].states }
      do { variables[place].table = try cells.table(parentStates: states) } catch {
        throw .variable(name, error, path)
      }
      variables[place].parent = parent
    }
  }
}
