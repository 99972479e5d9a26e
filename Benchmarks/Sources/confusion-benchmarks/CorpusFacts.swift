import Confusion
import Foundation
import Terms

/// What one size of corpus costs; times in seconds.
struct CorpusFacts: Encodable {
  let documents: Int
  let words: Int
  /// Documents of which no two are equal.
  var cases = 0
  /// Documents read for a tree.
  var reading = 0.0
  /// Each of several iterations of EM.
  var iterations: [Double] = []
  var scoring = 0.0
  var logLikelihoodPerDocument = 0.0
  /// Structure learning, one attempt, no EM over the whole tree.
  var structure = 0.0
  var agglomeration = 0.0
  var louvain = 0.0
  /// The most memory that the process held, in MB, until the fit and until structure learning ended.
  var peakOfFit = 0.0
  var peakOfStructure = 0.0

  init(documents: Int, words: Int) { (self.documents, self.words) = (documents, words) }

  mutating func measureFit(of tree: LatentTree, to corpus: Corpus, threads: Int) throws {
    let (cases, reading) = Self.timed { TreeCases(corpus, in: tree) }
    (self.cases, self.reading) = (cases.count, reading)
    var moments: [DispatchTime] = []
    let fitted = try ExpectationMaximization(
      iterations: 12, tolerance: -.infinity, seed: 0, threads: threads
    ).fit(tree, to: cases) { _ in moments.append(.now()) }
    // What the first update follows also made the first tables, and the last one's pass only scored.
    iterations = zip(moments.dropFirst(), moments).dropLast().map {
      Double($0.uptimeNanoseconds - $1.uptimeNanoseconds) / 1e9
    }
    let (score, scoring) = try Self.timed { try fitted.tree.score(of: cases, threads: threads) }
    (logLikelihoodPerDocument, self.scoring) = (score.logLikelihoodPerDocument, scoring)
    peakOfFit = Self.peak()
  }

  mutating func measureStructure(of corpus: Corpus, threads: Int) throws {
    var learning = TreeLearning(seed: 0)
    (learning.attemptCount, learning.iterationCount) = (1, 0)
    learning.threadCount = threads
    structure = try Self.timed { try LatentTree.learnt(from: corpus, by: learning) }.seconds
    peakOfStructure = Self.peak()
  }

  mutating func measureClusterings(of corpus: Corpus) throws {
    agglomeration =
      try Self.timed {
        try Agglomeration(clusterCounts: [287, 72, 18, 5], seed: 0).tree(of: corpus)
      }.seconds
    louvain = try Self.timed { try Louvain(seed: 0).tree(of: corpus) }.seconds
  }

  private static func timed<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, seconds: Double) {
    let start = DispatchTime.now().uptimeNanoseconds
    let result = try body()
    return (result, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  }

  /// The process's largest resident size so far.
  private static func peak() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
