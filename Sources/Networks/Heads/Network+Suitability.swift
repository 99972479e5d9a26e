internal import Tensors

extension Program {
  /// Checks that the input is a batch of pictures.
  ///
  /// - Parameter channels: How many channels a picture may have.
  /// - Throws: ``UnsuitedNetwork``.
  public func checkTakesPictures(of channels: Set<Int> = [1, 3]) throws(UnsuitedNetwork) {
    if openInputs.count > 1 { throw .severalInputs(openInputs.map(\.text)) }
    let shape = inputShape
    guard shape.count == 4 else {
      // A file that declares nothing is asked when it runs.
      if shape.isEmpty { return }
      throw .noPictures(shape)
    }
    if let count = shape[1], !channels.contains(count) {
      throw shape[3] == 1 || shape[3] == 3 ? .channelsLastInput(shape) : .channels(count)
    }
    if !inputType.isFloating { throw .wholeNumbers(shape) }
  }

  /// The program as methods explain it, for what its card says is brought to it, and what comes before it.
  ///
  /// - Throws: ``UnsuitedNetwork``.
  func entered(
    as form: InputForm
  ) throws(UnsuitedNetwork) -> (embedding: Program?, program: Program) {
    switch form {
    case .image(let image):
      let program = takingPictures(of: [1, 3, image.channels])
      try program.checkTakesPictures(of: [1, 3, image.channels])
      return (nil, program)
    case .tokens:
      if openInputs.count > 1 { throw .severalInputs(openInputs.map(\.text)) }
      if inputShape.count != 2 || inputType.isFloating { throw .noEmbedding(inputShape, node: nil) }
      let (embedding, rest) = try cutBehindEmbedding()
      return (embedding, rest)
    case .table(let columns):
      if openInputs.count > 1 { throw .severalInputs(openInputs.map(\.text)) }
      let fits = inputShape.count == 2 && inputType.isFloating
      guard fits, inputShape[1] == nil || inputShape[1] == columns.count else {
        throw .noTable(inputShape, columns: columns.count)
      }
      return (nil, self)
    }
  }

  /// The program that answers with the output that a card means.
  ///
  /// That is the one that the card names; else the only one, or the only one with as many numbers
  /// a picture as the card has labels.
  ///
  /// - Throws: ``UnsuitedNetwork/severalOutputs(_:example:)``,
  ///   ``UnsuitedNetwork/noSuchOutput(_:known:)``.
  func answering(_ card: Card, labelCount: Int) throws(UnsuitedNetwork) -> Program {
    if let name = card.outputName { return try answering(withOutputNamed: name) }
    let outputs = answers
    guard outputs.count > 1 else { return self }
    for count in card.widths(labelCount: labelCount) {
      let fitting = outputs.filter { AnswerForm(of: $0, in: self).fits(count) }
      // A map beside a row cannot be meant.
      let rows = fitting.filter { !AnswerForm(of: $0, in: self).isOfPlaces }
      let chosen = rows.isEmpty ? fitting : rows
      if chosen.isEmpty { continue }
      guard chosen.count == 1 else { throw severalOutputs(likely: chosen[0]) }
      return replacing(output: chosen[0].slot)
    }
    throw severalOutputs(likely: outputs[0])
  }

  private func severalOutputs(likely: Port) -> UnsuitedNetwork {
    let named = answers.first { $0.name.hasSuffix("logits") } ?? likely
    return .severalOutputs(answers.map(\.text), example: named.name)
  }

  /// The outputs that can be explained: tensors of floating numbers, each once.
  public var answers: [Port] {
    var seen: Set<Int> = []
    return outputs.filter { $0.type?.isFloating == true && seen.insert($0.slot).inserted }
  }

  /// The same network answering with another of its outputs.
  ///
  /// - Throws: ``UnsuitedNetwork/noSuchOutput(_:known:)``.
  public func answering(withOutputNamed name: String) throws(UnsuitedNetwork) -> Program {
    guard let output = answers.first(where: { $0.name == name }) else {
      throw .noSuchOutput(name, known: answers.map(\.text))
    }
    return replacing(output: output.slot)
  }
}

extension Card {
  /// How many numbers the output may have that it means, likeliest first.
  fileprivate func widths(labelCount: Int) -> [Int] {
    switch output {
    case .value: [1]
    // Nothing but its name says which of several vectors is meant.
    case .embedding: []
    case .values, .probabilities, .logProbabilities: [labelCount]
    case .logits, .sigmoidLogits, .sigmoidProbabilities:
      (1...2).contains(labelCount) ? [labelCount, 1] : [labelCount]
    }
  }
}
