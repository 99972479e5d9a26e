internal import Confusion
internal import Foundation
internal import Terms

/// A tree and how it was found.
struct FoundTree {
  let tree: LatentTree
  let settings: [String: String]
  let documentCount: Int
  let droppedCount: Int
  var attempts: [Double] = []
  var logLikelihood: Double?
  /// Whether anything about it is random.
  var isSeeded = true

  /// The origin for the tree's file.
  func origin(_ method: TreeLearner, of file: DocumentFile, seed: UInt64) -> TreeOrigin {
    TreeOrigin(
      learner: method.rawValue, settings: settings, seed: isSeeded ? seed : nil,
      documents: .init(
        file: URL(filePath: file.path).lastPathComponent, sha256: file.sha256,
        count: documentCount, dropped: droppedCount),
      attempts: attempts, logLikelihood: logLikelihood)
  }
}

extension FoundTree {
  /// Finds a tree by hierarchical latent tree analysis.
  init(by learning: TreeLearning, from corpus: Corpus, _ progress: ProgressHandler) throws {
    do {
      let learnt = try LatentTree.learnt(from: corpus, by: learning, progress: progress)
      self.init(
        tree: learnt.tree, settings: learning.values, documentCount: learnt.documentCount,
        droppedCount: learnt.droppedCount, attempts: learnt.attempts,
        logLikelihood: learnt.logLikelihoods.last)
    } catch TreeLearningError.setting(let setting) {
      throw RequestFault.unfit("\(HLTAChoice.option(setting)) must be \(setting.range)")
    }
  }

  /// Finds a tree by one of the methods that give a structure without probabilities.
  init(
    structure tree: LatentTree, settings: [String: String], from corpus: Corpus
  ) {
    let count = (0..<corpus.count).count { corpus[$0].count >= 2 }
    self.init(
      tree: tree, settings: settings, documentCount: count, droppedCount: corpus.count - count)
  }
}
