/// How often classes are named together.
///
/// Only documents of two classes or more count; every class that some document names is here, with
/// or without company.
public struct CoOccurrence: Hashable, Sendable {
  /// The classes, by index.
  public let classes: [Int]
  /// The number of documents of two classes or more, N.
  public let documents: Int
  /// In how many of these documents each of ``classes`` is, `n_i`.
  public let counts: [Int]
  /// Where the company of each class starts among ``others``, and where the last one's ends.
  private(set) var starts = [0]
  /// The places of the classes that each is named together with, rising.
  private(set) var others: [Int32] = []
  /// In how many documents the two are together, `n_ij`.
  private(set) var together: [Int32] = []

  /// Counts pairs.
  ///
  /// - Complexity: O(Σ length of a document²), memory O(words + pairs), and some passes over the
  ///   documents where there are more than 4096 classes.
  public init(_ corpus: Corpus) {
    let classes = corpus.classes
    var places = [Int32](repeating: -1, count: (classes.last ?? -1) + 1)
    for (place, index) in classes.enumerated() { places[index] = Int32(place) }
    var starts = [0]
    var words: [Int32] = []
    words.reserveCapacity(corpus.tokens.count)
    for document in 0..<corpus.count {
      let range = corpus.starts[document]..<corpus.starts[document + 1]
      if range.count < 2 { continue }
      for index in range { words.append(places[Int(corpus.tokens[index])]) }
      starts.append(words.count)
    }
    var counts = [Int](repeating: 0, count: classes.count)
    for word in words { counts[Int(word)] += 1 }
    self.classes = classes
    self.counts = counts
    documents = starts.count - 1
    let height = max(1, Self.cellLimit / max(1, classes.count))
    for first in stride(from: 0, to: classes.count, by: height) {
      addRows(first..<min(first + height, classes.count), words, starts)
    }
  }

  /// How many pairs are counted in one pass over the documents: 64 MB.
  private static let cellLimit = 1 << 24

  private mutating func addRows(_ rows: Range<Int>, _ words: [Int32], _ ends: [Int]) {
    let width = classes.count
    var cells = [Int32](repeating: 0, count: rows.count * width)
    cells.withUnsafeMutableBufferPointer { cells in
      words.withUnsafeBufferPointer { words in
        for (start, end) in zip(ends, ends.dropFirst()) {
          for index in start..<end where rows.contains(Int(words[index])) {
            let row = (Int(words[index]) - rows.lowerBound) * width
            for other in start..<end { cells[row + Int(words[other])] += 1 }
          }
        }
      }
    }
    for row in rows {
      for other in 0..<width where other != row {
        let count = cells[(row - rows.lowerBound) * width + other]
        if count == 0 { continue }
        others.append(Int32(other))
        together.append(count)
      }
      starts.append(others.count)
    }
  }

  /// The number of pairs of classes that some document names together.
  public var pairCount: Int { others.count / 2 }
}
