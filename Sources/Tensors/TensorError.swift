public import Terms

/// What can go wrong with tensors.
public enum TensorError: Fault, Hashable {
  /// libtorch refused; the message is its own.
  case backend(operation: String, message: String)
  /// There was not enough memory.
  case outOfMemory(operation: String)
  /// An operator gave something other than what its caller expected of it.
  case unexpectedResult(operation: String)
  /// As many elements were given as this, for a shape that holds another number.
  case elementCount(Int, shape: [Int])
  /// An element is not a number.
  case notANumber(operation: String)
  /// The elements are of another type than asked for.
  case elementType(ElementType, expected: ElementType)

  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .outOfMemory: .data
    default: .defect
    }
  }

  /// One sentence for people.
  public var description: String {
    switch self {
    case .backend(let operation, let message):
      "libtorch refused “\(operation)”: \(message.split(separator: "\n").first ?? "no reason given")"
    case .outOfMemory(let operation):
      "“\(operation)” needs more memory than may be taken; use a smaller input or batch, or a larger "
        + "--memory where the command has it"
    case .unexpectedResult(let operation): "\(operation): gave no tensor where one was expected"
    case .elementCount(let count, let shape): "\(count) elements do not fill the shape \(shape)"
    case .notANumber(let operation): "\(operation): an element is not a number (NaN)"
    case .elementType(let found, let expected):
      "the elements are \(found), where \(expected) is needed"
    }
  }
}
