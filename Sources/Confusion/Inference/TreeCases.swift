/// The documents of a corpus as a latent tree sees them: which of its classes each names.
///
/// Equal documents are one case with a weight. Classes that the tree has not are left out of the
/// documents, and documents that name too few of its classes are left out altogether; both are
/// counted.
public struct TreeCases: Sendable {
  /// How many documents were kept, the N of the BIC.
  public let documents: Int
  /// How many were left out, because they name fewer classes of the tree than was asked for.
  public let dropped: Int
  /// How many words were left out, because the tree has no such class.
  public let outsideTree: Int

  /// The ranks of the classes of all cases, rising in each case.
  let words: Frozen<Int32>
  /// How many nodes lie above both a word and the word before it in its case; 0 for the first.
  let shared: Frozen<UInt8>
  /// Where each case starts among the words, and where the last one ends.
  let starts: Frozen<Int>
  /// How many documents are equal to each case.
  let weights: Frozen<Double>
  let layout: TreeLayout

  /// Reads the documents of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: The documents.
  ///   - tree: The tree whose classes count.
  ///   - fewest: The least number of its classes that a document must name to be kept. 2 is what
  ///     trees are learnt from: a document of one class says nothing about what is confused.
  /// - Complexity: O(words · log of a document's length), and as much memory again as the corpus.
  public init(_ corpus: Corpus, in tree: LatentTree, atLeast fewest: Int = 2) {
    self.init(corpus, tree: tree, layout: TreeLayout(tree), fewest: fewest)
  }

  private init(_ corpus: Corpus, tree: LatentTree, layout: TreeLayout, fewest: Int) {
    // No further than the documents go, whatever the tree's classes are.
    let last = Int(corpus.tokens.max() ?? -1)
    var ranks = [Int32](repeating: -1, count: last + 1)
    for (place, leaf) in tree.leaves.enumerated() where leaf.index >= 0 && leaf.index <= last {
      ranks[leaf.index] = Int32(layout.ranks[place])
    }
    var merging = CaseMerging(expected: corpus.count, words: corpus.tokens.count)
    var (outsideTree, dropped) = (0, 0)
    var document: [Int32] = []
    for place in 0..<corpus.count {
      document.removeAll(keepingCapacity: true)
      for index in corpus.starts[place]..<corpus.starts[place + 1] {
        let token = Int(corpus.tokens[index])
        guard ranks[token] >= 0 else {
          outsideTree += 1
          continue
        }
        document.append(ranks[token])
      }
      guard document.count >= fewest else {
        dropped += 1
        continue
      }
      document.sort()
      merging.add(document)
    }
    (self.dropped, self.outsideTree) = (dropped, outsideTree)
    documents = corpus.count - dropped
    shared = Frozen(merging.shared(in: layout))
    words = Frozen(merging.words)
    starts = Frozen(merging.starts)
    weights = Frozen(merging.weights)
    self.layout = layout
  }

  /// The number of cases, no two of them equal.
  public var count: Int { weights.count }

  /// How many words the cases hold together.
  public var wordCount: Int { words.count }

  /// The places among the tree's leaves of the classes of a case.
  public func leaves(ofCase place: Int) -> [Int] {
    (starts[place]..<starts[place + 1]).map { layout.leaves[Int(words[$0])] }
  }

  /// How many documents are equal to a case.
  public func weight(ofCase place: Int) -> Int { Int(weights[place]) }

  var chunks: Chunks { Chunks(starts: .init(start: starts.base, count: starts.count)) }
}
