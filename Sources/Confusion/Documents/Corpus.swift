public import Terms

/// The documents that confusion is learnt from: for each example, the classes that the network held
/// likely.
public struct Corpus: Hashable, Sendable {
  /// The classes of all documents, one document after another, as they were written.
  public let tokens: [Int32]
  /// Where each document starts among ``tokens``, and where the last one ends: `count + 1` numbers.
  public let starts: [Int]

  /// Joins documents.
  ///
  /// - Throws: ``CorpusError``.
  public init(_ documents: some Sequence<[Int]>) throws(CorpusError) {
    var tokens: [Int32] = []
    var starts = [0]
    for document in documents {
      for (place, label) in document.enumerated() {
        if label < 0 { throw .negativeClass(label, document: starts.count) }
        guard label < Self.classLimit else {
          throw .classTooLarge(label, document: starts.count)
        }
        if document[..<place].contains(label) {
          throw .repeatedClass(label, document: starts.count)
        }
        tokens.append(Int32(label))
      }
      starts.append(tokens.count)
    }
    (self.tokens, self.starts) = (tokens, starts)
  }

  /// More classes than any network has; a larger index is a mistake, in documents as in trees.
  public static let classLimit = 1 << 20

  /// Joins documents that are known to name each class once.
  init(tokens: [Int32], starts: [Int]) { (self.tokens, self.starts) = (tokens, starts) }

  /// The number of documents.
  public var count: Int { starts.count - 1 }

  /// The classes of a document, likeliest first.
  public subscript(_ document: Int) -> ArraySlice<Int32> {
    tokens[starts[document]..<starts[document + 1]]
  }

  /// Every class that some document names, in order.
  public var classes: [Int] { Set(tokens).map(Int.init).sorted() }

  /// The documents of some numbers, in that order.
  public func selecting(_ documents: some Sequence<Int>) -> Corpus {
    var (tokens, starts): ([Int32], [Int]) = ([], [0])
    for document in documents {
      tokens += self[document]
      starts.append(tokens.count)
    }
    return Corpus(tokens: tokens, starts: starts)
  }
}

/// What can be wrong with documents; they are counted from 1, as the lines of a file.
public enum CorpusError: Fault, Hashable {
  case negativeClass(Int, document: Int)
  case classTooLarge(Int, document: Int)
  case repeatedClass(Int, document: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .negativeClass(let index, let document):
      "document \(document) names class \(index); classes are counted from 0"
    case .classTooLarge(let index, let document):
      "document \(document) names class \(index), which is more than any network has; the largest "
        + "is \(Corpus.classLimit - 1)"
    case .repeatedClass(let index, let document):
      "document \(document) names class \(index) twice; each class counts once"
    }
  }
}
