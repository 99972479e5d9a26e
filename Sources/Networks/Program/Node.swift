internal import Tensors

/// One call of an operator in a program.
struct Node: Sendable {
  /// The node's own name, such as `conv2d_1`.
  var name: String
  var operation: Operation
  /// Each with the schema's name for it, or an empty one to go by position.
  var arguments: [(name: String, value: NodeArgument)]
  var results: [NodeResult]
  /// The modules that the call was made in, outermost first.
  let modules: [ModuleCall]
  /// Whether gradients flow through the call; not so inside `torch.no_grad()`.
  var isRecorded: Bool
  /// The argument whose element type the result takes, as that of an operator in place does.
  var typedAs: Int?
  /// The slot whose place in all later reads the result takes, as that of an operator in place does.
  var supersedes: Int?
  /// The slot that the call writes to.
  var written: Int?

  var label: String {
    // The network itself is a module without a name.
    guard let module = modules.last, !module.name.isEmpty else { return name }
    return "\(module.name) (\(name))"
  }
}

/// What a node does.
enum Operation: Sendable {
  /// Any operator of libtorch.
  case tensor(Operator)
  /// Arithmetic on sizes, which `torch.export` writes as Python's own operators.
  case scalar(ScalarOperation)

  var name: String {
    switch self {
    case .tensor(let found): found.name
    case .scalar(let operation): operation.rawValue
    }
  }
}

/// A call of a module: the second call of `relu` is `relu@1`.
struct ModuleCall: Hashable, Sendable {
  /// The module's path, with `@k` for its further calls.
  let name: String
  /// The path alone.
  let path: String
  /// The module's class in Python, with the path of its file.
  let fullType: String

  /// The module's class in Python.
  var type: String { fullType.split(separator: ".").last.map(String.init) ?? "" }
}

/// An argument as a program stores it; a slot is the place of an earlier result.
enum NodeArgument: Sendable {
  case constant(Value)
  case slot(Int)
  case tensors([Int?])
  case numbers([NumberArgument])
  /// The device of the network's input.
  case inputDevice

  var slots: [Int] {
    switch self {
    case .constant, .inputDevice: []
    case .slot(let slot): [slot]
    case .tensors(let list): list.compactMap(\.self)
    case .numbers(let list): list.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
    }
  }
}

/// An element of a list of numbers.
enum NumberArgument: Sendable {
  case constant(Value)
  case slot(Int)
}

/// Where a result goes.
enum NodeResult: Sendable {
  case slot(Int)
  case list([Int])
  case ignored

  var slots: [Int] {
    switch self {
    case .slot(let slot): [slot]
    case .list(let slots): slots
    case .ignored: []
    }
  }
}
