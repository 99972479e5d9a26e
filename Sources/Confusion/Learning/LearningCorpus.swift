/// The documents that say something of confusion, as cases over the classes in them.
struct LearningCorpus {
  /// The class of each variable, rising.
  let classes: [Int]
  let cases: Cases
  let droppedCount: Int

  /// - Throws: ``TreeLearningError/nothingTogether(documents:)``,
  ///   ``TreeLearningError/tooFewClasses(_:documents:)``.
  init(_ corpus: Corpus) throws(TreeLearningError) {
    let kept = (0..<corpus.count).filter { corpus[$0].count > 1 }
    if kept.isEmpty { throw .nothingTogether(documents: corpus.count) }
    let largest = corpus.tokens.max().map(Int.init) ?? 0
    var isNamed = [Bool](repeating: false, count: largest + 1)
    for document in kept { for label in corpus[document] { isNamed[Int(label)] = true } }
    classes = isNamed.indices.filter { isNamed[$0] }
    if classes.count < 3 { throw .tooFewClasses(classes.count, documents: kept.count) }
    var variables = [Int32](repeating: 0, count: isNamed.count)
    for (variable, label) in classes.enumerated() { variables[label] = Int32(variable) }
    var rows = SparseRows()
    for document in kept {
      rows.append(corpus[document].map { variables[Int($0)] }.sorted(), weight: 1)
    }
    cases = Cases(variableCount: classes.count, rows: rows, total: Double(kept.count))
    droppedCount = corpus.count - kept.count
  }
}
