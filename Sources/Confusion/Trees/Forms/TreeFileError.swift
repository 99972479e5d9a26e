public import Terms

/// What can be wrong with a file that should hold a latent tree.
public enum TreeFileError: Fault, Hashable {
  case unlike(String)
  case otherJSON(String)
  case malformedJSON(String)
  /// A number is none that is read, in words that say where.
  case number(String, String)
  case repeatedKey(String, String)
  case tooDeep(String)
  case laterVersion(Int, String)
  case word(String, node: String, String)
  case noClass(node: String, String)
  case probabilities(node: String, String)
  case syntax(expected: String, found: String, line: Int, String)
  case variable(String, VariableFault, String)
  case tree(LatentTreeError, String)
  case needsProbabilities

  /// What can be wrong with a variable of a Bayesian network.
  public enum VariableFault: Fault, Hashable {
    case repeated, undeclared, states(Int), severalParents, noTable, severalTables
    case otherStateCount(said: String, found: Int)
    case untoldStates([String])
    /// Something of a block that stands in it once is there twice.
    case twice(String)
    case tableAndRows
    case rowOfRoot(String)
    case unknownState(String, of: [String])
    case noRow(String)
    case cells(Int, expected: Int)
    case sums
    case noClass
    case alone

    /// Whose the fault is.
    public var kind: FaultKind { .data }

    /// What is wrong, to be said after the variable's name.
    public var description: String {
      switch self {
      case .otherStateCount, .untoldStates, .twice, .tableAndRows, .rowOfRoot, .unknownState,
        .noRow:
        blockDescription
      default: variableDescription
      }
    }

    private var blockDescription: String {
      switch self {
      case .otherStateCount(let said, let found):
        "says that it has \(said) states and names \(found)"
      case .untoldStates(let names):
        "has the states \(names.joined(separator: " and ")), which do not say when the class is there; name them s0 and s1, false and "
          + "true, or absent and present"
      case .twice(let what): "has “\(what)” twice; keep the one that is meant"
      case .tableAndRows: "has both a “table” and rows; keep the one that is meant"
      case .rowOfRoot(let state):
        "has a row for “\(state)”, but no parent that could have that state"
      case .unknownState(let state, let names):
        "has a row for “\(state)”, but its parent's states are \(names.joined(separator: " and "))"
      case .noRow(let state): "has no row for its parent's state “\(state)”"
      default: ""
      }
    }

    private var variableDescription: String {
      switch self {
      case .repeated: "is declared twice"
      case .undeclared: "is not declared; it needs a “variable” block"
      case .states(let count): "has \(count) states; the variables of a latent tree have two"
      case .severalParents: "has several parents, so this is not a tree"
      case .noTable: "has no probabilities; it needs a “probability” block"
      case .severalTables: "has two “probability” blocks"
      case .cells(let found, let expected):
        "has a table of \(found) numbers where \(expected) are needed"
      case .sums: "has a table whose probabilities do not add up to 1"
      case .noClass:
        "has nothing below it, so it should be a class; name it c, then its index, "
          + "then a label if you like: c486-cello"
      case .alone: "is a class that hangs on no latent variable"
      default: ""
      }
    }
  }

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unlike(let path):
      "\(path) is not a latent tree, which is a JSON file that `rather tree learn` "
        + "wrote or that CWOX published, or a .bif file of the HLTA program"
    case .otherJSON(let path):
      "\(path) is JSON, but not a latent tree: it has neither the format of `rather "
        + "tree learn` nor nodes with id, text and children"
    case .malformedJSON(let path): "\(path) is not valid JSON; it may be cut off"
    case .number(let fault, let path): "\(path): \(fault)"
    case .repeatedKey(let key, let path):
      "\(path): “\(key)” stands in one object twice; keep the one that is meant"
    case .tooDeep(let path):
      "\(path) is nested more deeply than any latent tree, of at most \(LatentTree.depthLimit) latents"
    case .laterVersion(let version, let path):
      "\(path) is of version \(version) of Rather's format, which this Rather does not know; use a "
        + "later one"
    case .word(let word, let node, let path):
      "\(path): node \(node) holds “\(word)”, which is neither a class, such as c486-cello, nor a "
        + "probability"
    case .noClass(let node, let path):
      "\(path): node \(node) has no children and names no class"
    case .probabilities(let node, let path):
      "\(path): the probabilities of \(node) are missing, or are not two; give them "
        + "to every node and class or to none"
    case .syntax(let expected, let found, let line, let path):
      "\(path), line \(line): \(expected) is expected, not \(found)"
    case .variable(let name, let fault, let path): "\(path): \(name) \(fault.description)"
    case .tree(let fault, let path): "\(path): \(fault)"
    case .needsProbabilities:
      "this tree is a bare structure, and BIF needs probabilities; fit them to documents with --fit"
    }
  }
}
