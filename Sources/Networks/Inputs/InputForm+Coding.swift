extension InputForm: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case kind, tokenizer, blank, columns
  }

  private enum Kind: String, CaseIterable {
    case image, tokens, table
  }

  private enum TokenizerKind: String, CaseIterable {
    case numbers
  }

  /// Reads what is brought; without a `kind` it is a picture.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let kind = container.contains(.kind) ? try container.choice(Kind.self, .kind) : .image
    switch kind {
    case .image: self = .image(try Preprocessing(from: decoder))
    case .tokens:
      try decoder.refuseKeys(except: ["kind", "tokenizer", "blank"])
      switch try container.choice(TokenizerKind.self, .tokenizer) {
      case .numbers:
        let blank = try container.decodeIfPresent(Int.self, forKey: .blank) ?? 0
        if blank < 0 { throw CardFault(key: "blank", found: "\(blank)", expected: "0 or more") }
        self = .tokens(NumberTokenizer(blank: blank))
      }
    case .table:
      try decoder.refuseKeys(except: ["kind", "columns"])
      let columns = try container.decode([Column].self, forKey: .columns)
      if columns.isEmpty {
        throw CardFault(key: "columns", found: "empty", expected: "one or more")
      }
      self = .table(columns)
    }
  }

  /// Writes what is brought.
  ///
  /// - Throws: `EncodingError` for a tokenizer that cards have no name for.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .image(let preprocessing): try preprocessing.encode(to: encoder)
    case .tokens(let tokenizer):
      guard let numbers = tokenizer as? NumberTokenizer else {
        throw EncodingError.invalidValue(
          tokenizer,
          .init(
            codingPath: encoder.codingPath,
            debugDescription: "a card has no name for a tokenizer that a program made"))
      }
      try container.encode(Kind.tokens.rawValue, forKey: .kind)
      try container.encode(TokenizerKind.numbers.rawValue, forKey: .tokenizer)
      try container.encode(numbers.blank, forKey: .blank)
    case .table(let columns):
      try container.encode(Kind.table.rawValue, forKey: .kind)
      try container.encode(columns, forKey: .columns)
    }
  }
}

extension Column: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case name, mean, std
  }

  /// Reads and checks a column.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    mean = try container.decodeIfPresent(Float.self, forKey: .mean) ?? 0
    std = try container.decodeIfPresent(Float.self, forKey: .std) ?? 1
    if !mean.isFinite {
      throw CardFault(key: "mean", found: "\(mean)", expected: "a finite number")
    }
    if !(std > 0 && std.isFinite) {
      throw CardFault(key: "std", found: "\(std)", expected: "finite and more than 0")
    }
  }

  /// Writes a column.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(mean, forKey: .mean)
    try container.encode(std, forKey: .std)
  }
}
