import Confusion
import Terms

/// A larger corpus made of a real one: its documents of two classes or more over and over; from the
/// second time on, half of the copies have one class exchanged for any other.
struct Resampling {
  private let documents: [[Int]]
  private let classes: [Int]
  private let stream: RandomStream

  init(of corpus: Corpus, seed: Seed) {
    documents = (0..<corpus.count).map { corpus[$0].map(Int.init) }.filter { $0.count > 1 }
    classes = corpus.classes
    stream = RandomStream(seed)
  }

  /// Copy i draws from stream i.
  func corpus(of count: Int) throws -> Corpus {
    try Corpus(
      (0..<count).lazy.map { copy in
        var document = documents[copy % documents.count]
        var stream = stream.stream(for: copy)
        guard copy >= documents.count, stream.uniform() < 0.5 else { return document }
        let place = Int(stream.uniform() * Float(document.count))
        while true {
          let index = classes[Int(stream.uniform() * Float(classes.count))]
          if document.contains(index) { continue }
          document[place] = index
          return document
        }
      })
  }
}
