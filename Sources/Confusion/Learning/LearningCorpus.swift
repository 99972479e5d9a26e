/// The documents that say something of confusion: those of two classes or more.
struct LearningCorpus {
  /// The class of each variable, rising.
  let classes: [Int]
  /// The documents, by their numbers in the corpus.
  let documents: [Int]
  let droppedCount: Int
  private let corpus: Corpus
  /// The variable of each class.
  private let variables: [Int32]

  /// - Throws: ``TreeLearningError/nothingTogether(documents:)``,
  ///   ``TreeLearningError/tooFewClasses(_:documents:)``.
  init(_ corpus: Corpus) throws(TreeLearningError) {
    self.corpus = corpus
    documents = (0..<corpus.count).filter { corpus[$0].count > 1 }
    droppedCount = corpus.count - documents.count
    if documents.isEmpty { throw .nothingTogether(documents: corpus.count) }
    var isNamed = [Bool](repeating: false, count: (corpus.tokens.max().map(Int.init) ?? 0) + 1)
    for document in documents {
      for label in corpus[document] { isNamed[Int(label)] = true }
    }
    classes = isNamed.indices.filter { isNamed[$0] }
    if classes.count < 3 { throw .tooFewClasses(classes.count, documents: documents.count) }
    var variables = [Int32](repeating: 0, count: isNamed.count)
    for (variable, label) in classes.enumerated() { variables[label] = Int32(variable) }
    self.variables = variables
  }

  /// Some of the documents as cases over all classes.
  func cases(_ chosen: some Sequence<Int>) -> Cases {
    var rows = SparseRows()
    var row: [Int32] = []
    var count = 0.0
    for document in chosen {
      row.removeAll(keepingCapacity: true)
      for label in corpus[document] { row.append(variables[Int(label)]) }
      row.sort()
      rows.append(row, weight: 1)
      count += 1
    }
    return Cases(variableCount: classes.count, rows: rows, total: count)
  }
}
