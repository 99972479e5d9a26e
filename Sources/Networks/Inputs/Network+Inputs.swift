public import Imagery
public import Tensors

extension Network {
  /// What is brought to the input that is explained.
  public var form: InputForm { card.form }

  /// How a picture becomes the input.
  ///
  /// - Throws: ``UnsuitedNetwork/takes(_:)`` for a network that takes no pictures.
  public var preprocessing: Preprocessing {
    get throws(UnsuitedNetwork) { try card.input }
  }

  /// The input for a picture.
  public func input(from picture: Picture, on device: Device = .cpu) throws -> Input {
    let preprocessing = try preprocessing
    return Input(
      try preprocessing.input(from: picture).on(device), over: features(ofShape: []),
      brought: .picture(picture))
  }

  /// The input for a text.
  ///
  /// - Throws: ``InputError``; ``UnsuitedNetwork/takes(_:)`` for a network that takes something else.
  public func input(from text: String, on device: Device = .cpu) throws -> Input {
    guard case .tokens(let tokenizer) = form else { throw UnsuitedNetwork.takes(form.noun) }
    let tokens = try tokenizer.tokens(of: text)
    return Input(
      try embedded(tokens.map(\.number), on: device), over: .tokens(tokens.map(\.text)),
      brought: .text(text, tokens))
  }

  /// The input for a row of a table.
  ///
  /// - Throws: ``InputError/count(_:expected:of:)``; ``UnsuitedNetwork/takes(_:)`` for a network that
  ///   takes something else.
  public func input(from row: [Float], on device: Device = .cpu) throws -> Input {
    guard case .table(let columns) = form else { throw UnsuitedNetwork.takes(form.noun) }
    guard row.count == columns.count else {
      throw InputError.count(row.count, expected: columns.count, of: "column")
    }
    return Input(
      try columns.normalisation.applied(to: Tensor(row, shape: [1, row.count]).on(device)),
      over: features(ofShape: []), brought: .row(row))
  }

  /// The input for numbers as the network reads them, `[1, …]`.
  public func input(_ numbers: Tensor) -> Input {
    Input(numbers, over: features(ofShape: numbers.shape))
  }

  /// What maps of an input are over.
  ///
  /// - Parameter shape: The input's, which says how many tokens there are and, for numbers that a caller made,
  ///   how large a picture is.
  func features(ofShape shape: [Int]) -> Features {
    switch form {
    case .image(let preprocessing):
      shape.count == 4
        ? .pixels(height: shape[2], width: shape[3])
        : .pixels(height: preprocessing.height, width: preprocessing.width)
    case .tokens: .tokens((0..<(shape.count > 1 ? shape[1] : 0)).map { String($0) })
    case .table(let columns): .columns(columns.map(\.name))
    }
  }

  /// The input for numbers of tokens: what the network's embedding makes of them, `[1, n, C]`.
  ///
  /// - Throws: ``InputError/count(_:expected:of:)`` where the network takes another number of tokens, and
  ///   what the embedding throws, as for a number that it does not have.
  public func embedded(_ numbers: [Int], on device: Device = .cpu) throws -> Tensor {
    guard let embedding else { throw UnsuitedNetwork.takes(form.noun) }
    if case let length?? = embedding.inputShape.dropFirst().first, length != numbers.count {
      throw InputError.count(numbers.count, expected: length, of: "token")
    }
    return try embedding.output(
      for: Tensor(numbers.map(Int64.init), shape: [1, numbers.count]).on(device))
  }
}

extension [Column] {
  /// What the columns are moved and scaled by.
  public var normalisation: Normalisation {
    Normalisation(mean: map(\.mean), std: map(\.std))
  }
}
