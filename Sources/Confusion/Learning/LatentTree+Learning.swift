public import Terms

extension LatentTree {
  /// Learns a tree from documents.
  ///
  /// Level 1 groups classes into islands as hierarchical latent tree analysis does (Chen, Zhang, Liu,
  /// Poon and Chen 2017, “Latent tree models for hierarchical topic detection”, section 4), each
  /// further level the latents of the last, and one root joins the top. All statistics are exact
  /// counts. Departs from the published program in that
  ///
  /// - after each level nodes are regrafted: each moves to the latent that the documents say it
  ///   belongs to, by the likelihood of the whole tree (``TreeLearning/roundCount``);
  /// - a level is grown from the states that latents are likeliest in given the whole document, not
  ///   their island's part of it;
  /// - small EMs start from the solution of the moment equations too;
  /// - the top is fitted, and final probabilities come from exact EM over all documents.
  ///
  /// - Randomness: level 1 is a function of the documents, unless random starts are asked for
  ///   (``TreeLearning/startCount``). The levels above are the likeliest of several attempts, whose
  ///   random starts and held-out documents follow from the seed. The number of threads changes
  ///   nothing.
  /// - Complexity: `Σ t²` over documents of `t` classes and, in time and memory, the square of the
  ///   number of classes for level 1; regrafting `Σ t²` over the sample, EM linear in words.
  ///
  /// - Parameters:
  ///   - corpus: The documents; those of fewer than two classes are left out.
  ///   - labels: Names of classes, by index.
  ///   - learning: The settings.
  ///   - progress: Called after each level and iteration; throwing stops the computation.
  /// - Throws: ``TreeLearningError``, and what `progress` throws.
  public static func learnt(
    from corpus: Corpus, labels: [Int: String] = [:], by learning: TreeLearning,
    progress: ProgressHandler = { _ in }
  ) throws -> LearntTree {
    try learning.checked()
    let material = try LearningCorpus(corpus)
    let steps = LearningProgress(learning, classCount: material.classes.count)
    let growth = material.growth(on: material.documents, learning)
    let grown = try growth.grown { try steps.report(top: $0, to: progress) }
    let choice = try AttemptChoice(grown, by: growth, material) {
      try steps.report(attempt: $0, to: progress)
    }
    let structure = try choice.draft.latentTree(over: material.classes, labels: labels)
    let fitted = try ExpectationMaximization(
      iterations: learning.iterationCount, tolerance: 0, pseudoCount: learning.pseudoCount,
      start: .tables, seed: learning.seed, threads: learning.threadCount
    ).fit(structure, to: corpus) { try steps.report(iteration: $0, to: progress) }
    let count = Double(material.documents.count)
    return LearntTree(
      tree: fitted.tree, documentCount: material.documents.count,
      droppedCount: material.droppedCount, levelSizes: structure.levelSizes,
      attempts: choice.values, logLikelihoods: fitted.logLikelihoods.map { $0 / count })
  }
}

/// A latent tree and how it was found.
public struct LearntTree: Hashable, Sendable {
  /// The tree, with probabilities.
  public let tree: LatentTree
  /// Documents of two classes or more: those that it was learnt from.
  public let documentCount: Int
  /// Documents of fewer than two classes, which say nothing of confusion.
  public let droppedCount: Int
  /// The number of latents of each level, level 1 first.
  public let levelSizes: [Int]
  /// Held-out log-likelihood per document of each attempt; empty where there was only one.
  public let attempts: [Double]
  /// Log-likelihood per document before each iteration of the final EM, and after the last.
  public let logLikelihoods: [Double]
}
