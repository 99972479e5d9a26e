/// What a person brings to one of a network's inputs, and how it becomes numbers.
public enum InputForm: Sendable {
  /// A picture.
  case image(Preprocessing)
  /// A text, cut into numbered tokens.
  case tokens(any Tokenizer)
  /// A row of a table, a number a column.
  case table([Column])
}

extension InputForm: Hashable {
  /// Whether two forms make the same numbers of the same thing.
  public static func == (a: InputForm, b: InputForm) -> Bool {
    switch (a, b) {
    case (.image(let a), .image(let b)): a == b
    case (.tokens(let a), .tokens(let b)): AnyHashable(a) == AnyHashable(b)
    case (.table(let a), .table(let b)): a == b
    default: false
    }
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .image(let preprocessing): hasher.combine(preprocessing)
    case .tokens(let tokenizer): hasher.combine(AnyHashable(tokenizer))
    case .table(let columns): hasher.combine(columns)
    }
  }
}

extension InputForm {
  /// How many features an input has; `nil` where each has its own number.
  public var featureCount: Int? {
    switch self {
    case .image(let preprocessing): preprocessing.height * preprocessing.width
    case .tokens: nil
    case .table(let columns): columns.count
    }
  }

  /// What is brought, in a word.
  public var noun: String {
    switch self {
    case .image: "picture"
    case .tokens: "text"
    case .table: "row"
    }
  }
}

/// A column of a table: a number that people know by a name.
public struct Column: Hashable, Sendable {
  /// What people call it; maps over columns are labelled by it.
  public let name: String
  /// Subtracted from its numbers.
  public let mean: Float
  /// What they are divided by after that.
  public let std: Float

  /// Describes a column; the network reads (number − mean) / std.
  public init(name: String, mean: Float = 0, std: Float = 1) {
    self.name = name
    self.mean = mean
    self.std = std
  }
}
