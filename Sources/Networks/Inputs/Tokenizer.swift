public import Terms

/// Cuts a text into numbered tokens, as the network that reads them was trained with.
public protocol Tokenizer: Hashable, Sendable {
  /// What stands where a token is taken away: the number of a token that means nothing.
  var blank: Int { get }

  /// The tokens of a text, in its order.
  ///
  /// - Throws: ``InputError`` for a text that has none.
  func tokens(of text: String) throws -> [Token]
}

/// A token of a text.
public struct Token: Hashable, Sendable, Codable {
  /// Its number, which the network reads.
  public let number: Int
  /// What it looks like.
  public let text: String

  /// Joins a number and what it looks like.
  public init(number: Int, text: String) { (self.number, self.text) = (number, text) }
}

/// Takes the numbers themselves, as in `12 7 99`, for networks whose tokenizer is not at hand.
public struct NumberTokenizer: Tokenizer, Codable {
  /// The number of a token that means nothing.
  public let blank: Int

  /// Chooses the number of a token that means nothing, usually that of padding or of unknown words.
  public init(blank: Int = 0) { self.blank = blank }

  /// The numbers of a text, which stand between blanks or commas.
  ///
  /// - Throws: ``InputError/notNumber(_:of:)``, ``InputError/nothing(_:)``.
  public func tokens(of text: String) throws(InputError) -> [Token] {
    let words = text.split { $0.isWhitespace || $0 == "," }
    if words.isEmpty { throw .nothing("token") }
    return try words.map { word throws(InputError) in
      guard let number = Int(word), number >= 0 else {
        throw .notNumber(String(word), of: "token")
      }
      return Token(number: number, text: String(word))
    }
  }
}

/// What cannot be made an input.
public enum InputError: Fault, Hashable {
  /// A text or a row without anything in it.
  case nothing(String)
  /// A word that should be a number.
  case notNumber(String, of: String)
  /// Another number of tokens or columns than the network takes.
  case count(Int, expected: Int, of: String)
  /// A baseline that this kind of input does not have.
  case noBaseline(String, of: String)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .nothing(let noun): "the text holds no \(noun); give at least one"
    case .notNumber(let word, let noun): "“\(word)” is not the number of a \(noun)"
    case .count(let count, let expected, let noun):
      "the network takes \(expected) \(noun)s, and \(count) were given"
    case .noBaseline(let name, let noun):
      "the baseline “\(name)” belongs to pictures, and this network takes a \(noun); use mean, which "
        + "stands for nothing: tokens that mean nothing, or the mean of each column"
    }
  }
}
