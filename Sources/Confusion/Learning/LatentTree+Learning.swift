public import Terms

extension LatentTree {
  /// Learns a tree from documents.
  ///
  /// - Parameters:
  ///   - corpus: The documents; those of fewer than two classes are left out.
  ///   - labels: Names of classes, by index.
  ///   - learning: The settings.
  ///   - progress: Called after each step; throwing stops the computation.
  /// - Throws: ``TreeLearningError``.
  public static func learnt(
    from corpus: Corpus, labels: [Int: String] = [:], by learning: TreeLearning,
    progress: ProgressHandler = { _ in }
  ) throws -> LearntTree {
    try learning.checked()
    let material = try LearningCorpus(corpus)
    let grown = GrownTree(material.cases, learning: learning, stream: RandomStream(learning.seed))
    let tree = try grown.tree(over: material.classes, labels: labels)
    return LearntTree(
      tree: tree, documentCount: Int(material.cases.total), droppedCount: material.droppedCount,
      levelSizes: grown.levels.map(\.count), attempts: [], logLikelihoods: [])
  }
}
