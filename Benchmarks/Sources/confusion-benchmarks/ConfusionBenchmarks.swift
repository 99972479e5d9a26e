import Confusion
import Foundation
import Terms

/// Times one size of corpus, in a process of its own so that the peak of memory is that size's.
/// `Benchmarks/corpus.py` runs the sizes and makes the table.
///
///     confusion-benchmarks DOCUMENTS COUNT THREADS
@main
struct ConfusionBenchmarks {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 4, let count = Int(words[2]), let threads = Int(words[3]) else {
      return print("usage: confusion-benchmarks DOCUMENTS COUNT THREADS")
    }
    let real = try DocumentFile(contentsOf: words[1]).corpus
    // One structure for all sizes, about as large as the published one: 287, 77, 18 and 6 latents.
    let tree = try Agglomeration(clusterCounts: [287, 72, 18, 5], seed: 0).tree(of: real).joined()
    let corpus = try Resampling(of: real, seed: 0).corpus(of: count)
    var facts = CorpusFacts(documents: corpus.count, words: corpus.tokens.count)
    try facts.measureFit(of: tree, to: corpus, threads: threads)
    try facts.measureStructure(of: corpus, threads: threads)
    try facts.measureClusterings(of: corpus)
    print(String(decoding: try JSONEncoder().encode(facts), as: UTF8.self))
  }
}
