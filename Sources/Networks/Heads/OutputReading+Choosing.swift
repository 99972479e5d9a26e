internal import Terms

/// A program with how its numbers are read, and the names of its classes.
struct ReadProgram {
  /// Up to the argument of the softmax or the sigmoids that it ended in, where its card says so.
  var program: Program
  var reading: OutputReading
  /// The classes' names, or those of values.
  var names: [String]

  /// Finds how a card's output is read.
  ///
  /// - Parameters:
  ///   - names: The labels that the card gives.
  ///   - cardPath: Where it lies, for errors.
  /// - Throws: ``CardError``, ``UnsuitedNetwork``.
  init(_ program: Program, as card: Card, naming names: [String], _ cardPath: String) throws {
    let form = program.answerForm
    if form == .array { throw UnsuitedNetwork.array(program.outputShape) }
    if card.task == .classification, let node = program.closingLogSigmoid {
      throw UnsuitedNetwork.sigmoids(at: node)
    }
    let end = NetworkEnd(program: program, output: card.output, cardPath: cardPath)
    let count = form.width
    let source = if case .file(let name) = card.labels { name } else { cardPath }
    self.names = names
    self.program = program
    reading = OutputReading(
      form: .logits, head: .choice, width: count ?? max(names.count, 1),
      isOfPlaces: form.isOfPlaces)
    switch card.task {
    case .regression:
      reading.head = .values
      if card.output == .value {
        if let count, count > 1 { throw UnsuitedNetwork.severalValues(program.outputShape) }
        reading.width = 1
      } else {
        try Self.check(names, count, source)
        reading.valueNames = names
      }
    case .classification where card.output == .embedding:
      guard case .row(let length?) = form, length > 1 else {
        throw UnsuitedNetwork.noEmbeddingOutput(program.outputShape)
      }
      reading.head = .similarities
      self.names = []
    case .classification where end.isOfSigmoids(count: count, labels: names.count):
      if reading.width == 1 {
        guard (1...2).contains(names.count) else {
          throw CardError.sigmoidLabels(names.count, source: source)
        }
        reading.isOfSecond = names.count == 2
        if names.count == 1 { self.names = [names[0], ClassLabels.absence(of: names[0])] }
      } else {
        try Self.check(names, count, source)
      }
      reading.head = .labels(reading.width)
      (self.program, reading.form) = try end.readingSigmoids()
    case .classification:
      if count == 1 {
        throw UnsuitedNetwork.oneNumber(
          program.outputShape, isSigmoid: program.closingSigmoid != nil)
      }
      (self.program, reading.form) = try end.readingChoice(of: reading.width)
      try Self.check(names, count, source)
    }
  }

  private static func check(
    _ names: [String], _ count: Int?, _ source: String
  ) throws(CardError) {
    guard let count, names.count != count else { return }
    throw .labelCount(names.count, expected: count, source: source)
  }
}

/// What a program ends in, held against what its card says.
private struct NetworkEnd {
  let program: Program
  let output: Card.Output
  let cardPath: String

  /// Whether each number is the logit, or the probability, of a label by itself.
  ///
  /// The logit of the only label, or of the second of two, cannot be anything else.
  func isOfSigmoids(count: Int?, labels: Int) -> Bool {
    if output.isOfSigmoids { return true }
    return output == .logits && count == 1 && (1...2).contains(labels)
      && program.closingSigmoid == nil
  }

  func readingSigmoids() throws -> (Program, OutputReading.Form) {
    let classes = program.answerForm.width ?? 0
    if classes > 1,
      let place = program.lastSoftmax(over: classes, isReadAlone: false)
        ?? program.lastSoftmax(over: classes, logarithm: true, isReadAlone: false)
    {
      throw CardError.softmaxCalledSigmoids(cardPath, node: program.nodes[place].label)
    }
    if output == .sigmoidProbabilities {
      if let node = program.closingLinearMap {
        throw CardError.logitsCalledSigmoids(cardPath, node: node)
      }
      if let places = program.lastSigmoids(), let bare = try? program.undoing(places) {
        return (bare, .logits)
      }
      return (program, .chances)
    }
    if let node = program.closingSigmoid {
      throw CardError.sigmoidsCalled(cardPath, output: output, node: node)
    }
    return (program, .logits)
  }

  func readingChoice(of classes: Int) throws -> (Program, OutputReading.Form) {
    if let node = program.closingSigmoid {
      throw CardError.sigmoidsCalled(cardPath, output: output, node: node)
    }
    switch output {
    case .probabilities:
      if let place = program.lastSoftmax(over: classes, isReadAlone: true),
        let bare = try? program.undoing([place])
      {
        return (bare, .logits)
      }
      return (program, .shares)
    case .logProbabilities:
      if let place = program.lastSoftmax(over: classes, logarithm: true, isReadAlone: true),
        let bare = try? program.undoing([place])
      {
        return (bare, .logits)
      }
      if let place = program.lastSoftmax(over: classes, isReadAlone: false) {
        throw CardError.softmaxCalled(
          output, in: cardPath, node: program.nodes[place].label)
      }
      return (program, .logarithms)
    default:
      if classes > 1, let place = program.lastSoftmax(over: classes, isReadAlone: false) {
        throw CardError.softmaxCalled(
          output, in: cardPath, node: program.nodes[place].label)
      }
      return (program, .logits)
    }
  }
}
