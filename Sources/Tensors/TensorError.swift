public import Terms

/// What can go wrong with tensors.
public enum TensorError: Fault, Hashable {
  /// libtorch refused; the message is its own.
  case backend(operation: String, message: String)
  /// There was not enough memory; without a refusal it was the system that had no more.
  case outOfMemory(operation: String, refusal: Refusal?)
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

  /// What was refused so that a limit is kept.
  public struct Refusal: Hashable, Sendable {
    /// Bytes asked for.
    public let wanted: Int
    /// What was in use.
    public let used: Int
    /// The most that may be.
    public let limit: Int
  }

  private static func text(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }

  /// One sentence for people.
  public var description: String {
    switch self {
    case .backend(let operation, let message):
      "libtorch refused “\(operation)”: \(message.split(separator: "\n").first ?? "no reason given")"
    case .outOfMemory(let operation, let refusal?):
      "\(operation) needs \(Self.text(refusal.wanted)) more, where \(Self.text(refusal.used)) of "
        + "\(Self.text(refusal.limit)) are in use; allow more memory, by --memory where the command "
        + "has that option"
    case .outOfMemory(let operation, nil):
      "\(operation): the machine does not have enough memory"
    case .unexpectedResult(let operation): "\(operation): gave no tensor where one was expected"
    case .elementCount(let count, let shape): "\(count) elements do not fill the shape \(shape)"
    case .notANumber(let operation): "\(operation): an element is not a number (NaN)"
    case .elementType(let found, let expected):
      "the elements are \(found), where \(expected) is needed"
    }
  }
}
