public import Terms

/// A network that is whole, but asks for or answers something that Rather does not explain yet.
public enum UnsuitedNetwork: Hashable, Sendable {
  /// Its input is no batch of pictures.
  case noPictures([Int?])
  /// It takes a text or a row where a picture is brought, or the other way round.
  case takes(String)
  /// Nothing in it turns its tokens' numbers into rows of numbers, or more than that reads them.
  case noEmbedding([Int?], node: String?)
  /// It takes no row of so many columns.
  case noTable([Int?], columns: Int)
  /// It takes several inputs.
  case severalInputs([String])
  /// Its pictures have their channels last.
  case channelsLastInput([Int?])
  case channels(Int)
  /// Its pictures are whole numbers.
  case wholeNumbers([Int?])
  /// It gives one number a picture, which is no choice among classes.
  case oneNumber([Int?], isSigmoid: Bool)
  /// It gives numbers on several axes.
  case array([Int?])
  /// It gives several numbers, and the card means one value.
  case severalValues([Int?])
  /// Its card calls the output an embedding, and it is no row of numbers.
  case noEmbeddingOutput([Int?])
  /// Its outputs are logarithms of sigmoids.
  case sigmoids(at: String)
  /// It returns several outputs, and the card does not say which is meant.
  case severalOutputs([String], example: String)
  case noSuchOutput(String, known: [String])
}

extension UnsuitedNetwork: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noPictures, .takes, .noEmbedding, .noTable, .severalInputs, .channelsLastInput, .channels,
      .wholeNumbers:
      inputDescription
    default: outputDescription
    }
  }

  private var inputDescription: String {
    switch self {
    case .severalInputs(let known):
      "this network takes \(known.count) inputs, \(known.joined(separator: ", ")), and Rather "
        + "explains networks that take one, a picture; export a wrapper that has one input"
    case .noPictures(let shape):
      "Rather explains pictures, [N, channels, height, width], and this network takes "
        + "\(shape.shapeText); networks that take text, sound, tables or volumes are not "
        + "explained yet, and one that takes pictures is exported with an axis for their number"
    case .takes(let noun):
      "this network takes a \(noun), as its card says; commands bring pictures, and a program in Swift can "
        + "bring a text or a row, by Network.input(from:)"
    case .noEmbedding(let shape, nil):
      "the card says that this network takes tokens, and no aten::embedding reads its input "
        + "\(shape.shapeText), so that there is nothing to explain at"
    case .noEmbedding(let shape, let node?):
      "“\(node)” reads the numbers of the tokens \(shape.shapeText) besides the embedding, so that the "
        + "network cannot be explained at what the embedding gives"
    case .noTable(let shape, let columns):
      "the card names \(Counted.text(columns, "column")), and this network takes \(shape.shapeText); a table's rows are "
        + "[N, columns] of floating-point numbers"
    case .channelsLastInput(let shape):
      "this network takes pictures with their channels last, \(shape.shapeText), and Rather gives "
        + "[N, channels, height, width]; export a wrapper that calls it with x.permute(0, 2, 3, 1)"
    case .channels(let count):
      "this network takes pictures of \(count) channels, and Rather gives 1 (grey) or 3 (colour); "
        + "export a wrapper that makes the others"
    case .wholeNumbers(let shape):
      "this network takes whole numbers, \(shape.shapeText), such as bytes, and does something with them before it "
        + "turns them into floating-point numbers, where gradients begin; export the part of it that comes behind that"
    default: ""
    }
  }

  private var outputDescription: String {
    switch self {
    case .oneNumber(let shape, let isSigmoid):
      "this network gives one number per picture, \(shape.shapeText), which is no choice among classes: its share "
        + "would be 100 % whatever the picture; set “output” to “"
        + (isSigmoid ? "sigmoid-probabilities" : "sigmoid-logits")
        + "” and name one label, what is there where the number is high, or two, what is there where it is low and "
        + "what where it is high; or set “task” to “regression” and “output” to “value” to explain the number itself"
    case .array(let shape): arrayDescription(shape)
    case .severalValues(let shape):
      "this network gives several numbers per picture, \(shape.shapeText), and “value” is one; set “output” to "
        + "“values” and name them under “labels”, or export a wrapper that returns one, such as y[:, 0]"
    case .noEmbeddingOutput(let shape):
      "the card says that this network gives an embedding, and it gives \(shape.shapeText), which is not one vector, "
        + "[N, length], for each picture; export a wrapper that returns it, such as the mean over tokens or places"
    case .sigmoids(let node):
      "this network ends in the logarithm of sigmoids, at “\(node)”; export a wrapper that returns what goes into "
        + "them, and set “output” to “sigmoid-logits”"
    case .severalOutputs(let known, let example):
      "this network returns several outputs, \(known.joined(separator: ", ")), and nothing says "
        + "which is meant; name one by --output-name, or in the card, as in \"outputName\": "
        + "\"\(example)\""
    case .noSuchOutput(let name, let known):
      "the network has no output “\(name)”, as the card or --output-name says; it returns "
        + known.joined(separator: ", ")
    default: ""
    }
  }

  /// What numbers on several axes are likely to be, and what makes a score of them.
  private func arrayDescription(_ shape: [Int?]) -> String {
    let own = shape.dropFirst()
    let what =
      own.count == 2
      ? "a list of things for each picture, such as boxes with their coordinates and scores or tokens with their features"
      : "numbers on \(own.count) axes for each picture"
    let score =
      own.count == 2
      ? "return self.model(x)[:, :, 4:].amax(1)  # the highest score of each class, boxes behind one another"
      : "return self.model(x).flatten(2).mean(2)  # the mean over the places of each class"
    return
      "this network gives \(shape.shapeText), \(what), and not one row of classes; export a wrapper that makes a "
        + """
        score of each class, such as
          class Wrapper(torch.nn.Module):
            def __init__(self, model): super().__init__(); self.model = model
            def forward(self, x): \(score)
        """
  }
}
