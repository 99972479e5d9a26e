internal import Tensors

/// What a program holds in one of its places, as far as the network declares it.
enum Slot: Hashable, Sendable {
  /// Nothing is declared.
  case unknown
  /// A tensor; the type is `nil` for one that Rather does not read.
  case tensor(ElementType?, [Length])
  /// A number that follows from lengths.
  case number(Number, Length?)

  /// The kinds of numbers.
  enum Number: Hashable, Sendable {
    case int
    case double
    case bool
  }

  /// The lengths of a tensor's axes; `nil` where one is free.
  var shape: [Int?]? {
    if case .tensor(_, let lengths) = self { lengths.map(\.fixed) } else { nil }
  }

  /// The type of a tensor's numbers.
  var type: ElementType? {
    if case .tensor(let type, _) = self { type } else { nil }
  }

  /// The length of a tensor's first axis.
  var firstLength: Length? {
    if case .tensor(_, let lengths) = self { lengths.first } else { nil }
  }

  /// What a tensor is.
  init(of tensor: Tensor) {
    self = .tensor(tensor.elementType, tensor.shape.map(Length.fixed))
  }
}

/// A length of an axis, or a number that follows from lengths.
enum Length: Hashable, Sendable {
  case fixed(Int)
  /// An expression of free lengths, as PyTorch writes it, and what it was when the network was
  /// exported.
  case free(String, hint: Int)

  var fixed: Int? { if case .fixed(let value) = self { value } else { nil } }

  var hint: Int {
    switch self {
    case .fixed(let value), .free(_, let value): value
    }
  }

  /// The batch's length, in programs that are built here.
  static let batch = Length.free("Symbol('\(batchName)', positive=True, integer=True)", hint: 2)
  static let batchName = "s0"
}

/// The least and the greatest that a free length may be; `nil` for no limit.
struct LengthRange: Hashable, Sendable {
  var least: Int?
  var greatest: Int?
}
