public import Terms

/// What can be wrong with a generator.
public enum GeneratorError: Hashable, Sendable {
  case noCard(String, template: String)
  /// The card is that of a classifier.
  case classifier(String)
  case codeShape([Int?], latentLength: Int)
  /// Pictures that the decoder gives are not what the card says.
  case pictureShape([Int], expected: [Int])
  /// The encoder gives something else than codes.
  case encoderShape([Int], latentLength: Int)
  case notFinite
  /// The network takes exactly so many at once.
  case batchLength(Int)
  /// Decoder or encoder returns several outputs.
  case severalOutputs([String])
}

extension GeneratorError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .noCard: .usage
    default: .data
    }
  }

  /// A card to fill in.
  public var template: String? {
    if case .noCard(_, let template) = self { template } else { nil }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noCard(let path, _):
      "there is no card of a generator at \(path). Save this there and fill it in (mean and std turn "
        + "the decoder's numbers into pictures of 0…1: picture = number · std + mean; “encoder” names "
        + "a file from pictures to codes where there is one):"
    case .classifier(let path):
      "\(path) is the card of a classifier, not of a generator; --model takes a classifier, and "
        + "--generator a decoder from codes to pictures"
    case .codeShape(let shape, let length):
      "the decoder takes codes of shape \(shape.shapeText), and the card says that a code has "
        + "\(length) numbers"
    case .pictureShape(let shape, let expected):
      "the decoder gives \(shape) for one code, and the card says that pictures are \(expected) "
        + "(channels, height, width)"
    case .encoderShape(let shape, let length):
      "the encoder gives \(shape) for one picture, and codes have \(length) numbers; export a "
        + "wrapper that returns the code alone (of a VAE, the mean)"
    case .notFinite: "the generator's numbers are not finite (NaN or infinite)"
    case .severalOutputs(let known):
      "decoder or encoder returns several outputs, \(known.joined(separator: ", ")), and nothing "
        + "says which is meant; export a wrapper that returns one (of a VAE's encoder, the mean)"
    case .batchLength(let length):
      "the generator takes exactly \(length) at once; export it with a batch of any length, or one"
    }
  }
}
