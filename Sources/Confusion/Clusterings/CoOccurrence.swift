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
  let starts: [Int]
  /// The places of the classes that each is named together with, rising.
  let others: [Int32]
  /// In how many documents the two are together, `n_ij`.
  let together: [Int32]

  /// Counts pairs.
  ///
  /// - Complexity: O(Σ length of a document²), memory O(words + pairs).
  public init(_ corpus: Corpus) {
    let classes = corpus.classes
    var places = [Int32](repeating: -1, count: (classes.last ?? -1) + 1)
    for (place, index) in classes.enumerated() { places[index] = Int32(place) }
    let kept = (0..<corpus.count).filter { corpus[$0].count > 1 }
    let postings = Postings(corpus, kept, places: places, classCount: classes.count)
    var (starts, others, together): ([Int], [Int32], [Int32]) = ([0], [], [])
    var row = [Int32](repeating: 0, count: classes.count)
    for place in classes.indices {
      var touched: [Int32] = []
      for document in postings.documents(of: place) {
        for token in corpus[Int(document)] {
          let other = places[Int(token)]
          if other == place { continue }
          if row[Int(other)] == 0 { touched.append(other) }
          row[Int(other)] += 1
        }
      }
      touched.sort()
      others += touched
      for other in touched {
        together.append(row[Int(other)])
        row[Int(other)] = 0
      }
      starts.append(others.count)
    }
    self.classes = classes
    documents = kept.count
    counts = classes.indices.map { postings.documents(of: $0).count }
    (self.starts, self.others, self.together) = (starts, others, together)
  }

  /// The number of pairs of classes that some document names together.
  public var pairCount: Int { others.count / 2 }
}

/// The documents that name each class.
private struct Postings {
  private var starts: [Int]
  private var documents: [Int32]

  init(_ corpus: Corpus, _ kept: [Int], places: [Int32], classCount: Int) {
    var starts = [Int](repeating: 0, count: classCount + 1)
    for document in kept {
      for token in corpus[document] { starts[Int(places[Int(token)]) + 1] += 1 }
    }
    for place in 0..<classCount { starts[place + 1] += starts[place] }
    var ends = starts
    documents = Array(repeating: 0, count: starts[classCount])
    for document in kept {
      for token in corpus[document] {
        let place = Int(places[Int(token)])
        documents[ends[place]] = Int32(document)
        ends[place] += 1
      }
    }
    self.starts = starts
  }

  func documents(of place: Int) -> ArraySlice<Int32> {
    documents[starts[place]..<starts[place + 1]]
  }
}
