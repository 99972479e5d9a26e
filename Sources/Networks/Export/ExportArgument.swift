/// An argument or result of a node, as the format tags it: `{"as_int": 3}`.
enum ExportArgument: Sendable {
  case none
  case tensor(String)
  case tensors([String])
  case optionalTensors([String?])
  case int(Int)
  case ints([Int])
  case double(Double)
  case doubles([Double])
  case bool(Bool)
  case bools([Bool])
  case string(String)
  /// An integer, number or truth value that an earlier node computed.
  case symbol(String, tag: SymbolTag)
  case symbols([ExportNumber], tag: SymbolListTag)
  case scalarType(Int)
  case memoryFormat(Int)
  case layout(Int)
  case device(String)
  /// The body of a region: one without gradients, one with autocast.
  indirect case graph(String, ExportDocument.Graph)
  /// A kind that no operator of a classifier takes, carried along unread.
  indirect case unsupported(String, JSONValue)

  enum SymbolTag: String, Sendable {
    case as_sym_int, as_sym_float, as_sym_bool

    /// The kind of number that it tags.
    var number: Slot.Number {
      switch self {
      case .as_sym_int: .int
      case .as_sym_float: .double
      case .as_sym_bool: .bool
      }
    }

    init(_ number: Slot.Number) {
      self =
        switch number {
        case .int: .as_sym_int
        case .double: .as_sym_float
        case .bool: .as_sym_bool
        }
    }
  }
  enum SymbolListTag: String, Sendable {
    case as_sym_ints, as_sym_floats, as_sym_bools
  }
}

/// An element of a list that mixes numbers and earlier results.
enum ExportNumber: Sendable {
  case int(Int)
  case double(Double)
  case bool(Bool)
  case name(String)
}
