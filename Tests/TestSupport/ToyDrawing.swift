public import Imagery
public import Networks
internal import Tensors

/// Linear generators and networks on rows of grey pixels, for which nearest points have closed forms.
public enum ToyDrawing {
  /// `G(z) = B z + b`, and with an encoder `E(x) = A x`.
  public static func generator(
    _ matrix: [[Float]], offset: [Float], encoder: [[Float]]? = nil
  ) throws -> Generator {
    let (width, length) = (matrix.count, matrix[0].count)
    var builder = ProgramBuilder(inputShape: [length])
    let drawn = try linear(builder.input, matrix, offset, &builder)
    var card = GeneratorCard(
      kind: .other, decoder: "g.pt2", encoder: encoder.map { _ in "e.pt2" },
      latentLength: length,
      output: try ToyNetworks.card(height: 1, width: width, labels: []).input)
    card.output.resize = .squash
    return try Generator(
      decoder: builder.program(output: drawn),
      encoder: encoder.map { matrix in
        try ToyNetworks.perceptron([(matrix, [Float](repeating: 0, count: matrix.count))])
      }, card: card)
  }

  /// A linear generator of colour pictures, `G(z) = B z + b` channel by channel, row by row.
  public static func colourGenerator(
    _ matrix: [[Float]], offset: [Float], height: Int, width: Int, encoder: [[Float]]?
  ) throws -> Generator {
    let length = matrix[0].count
    var builder = ProgramBuilder(inputShape: [length])
    let drawn = try linear(builder.input, matrix, offset, &builder)
    return try Generator(
      decoder: builder.program(output: drawn),
      encoder: encoder.map { matrix in
        try ToyNetworks.perceptron(
          [(matrix, [Float](repeating: 0, count: matrix.count))], inputShape: [3, height, width])
      },
      card: GeneratorCard(
        kind: .other, decoder: "g.pt2", encoder: encoder.map { _ in "e.pt2" },
        latentLength: length, output: colours(height: height, width: width)))
  }

  /// Logits `W x + c` of colour pictures.
  public static func colourNetwork(
    _ matrix: [[Float]], biases: [Float], height: Int, width: Int
  ) throws -> Network {
    try Network(
      program: ToyNetworks.perceptron([(matrix, biases)], inputShape: [3, height, width]),
      card: Card(
        task: .classification, output: .logits,
        labels: .list(matrix.indices.map { "class \($0)" }),
        input: colours(height: height, width: width)), cardPath: "card")
  }

  private static func colours(height: Int, width: Int) -> Preprocessing {
    Preprocessing(
      height: height, width: width, channels: 3, channelOrder: .rgb, mean: [0, 0, 0],
      std: [1, 1, 1], resize: .squash, crop: 1)
  }

  /// Logits `W x + c`.
  public static func network(_ matrix: [[Float]], biases: [Float]) throws -> Network {
    try ToyNetworks.network(ToyNetworks.perceptron([(matrix, biases)]))
  }

  /// A row of grey pixels.
  public static func picture(_ levels: [UInt8]) throws -> Picture {
    try Picture(width: levels.count, height: 1, pixels: levels.flatMap { [$0, $0, $0] })
  }

  private static func linear(
    _ value: ProgramBuilder.Reference, _ matrix: [[Float]], _ offset: [Float],
    _ builder: inout ProgramBuilder
  ) throws -> ProgramBuilder.Reference {
    builder.call(
      "linear", in: "linear", type: "Linear",
      [
        ("input", .value(value)),
        (
          "weight",
          .weight(
            "weight",
            try Tensor(matrix.flatMap(\.self), shape: [matrix.count, matrix[0].count]))
        ),
        ("bias", .weight("bias", try Tensor(offset, shape: [offset.count]))),
      ], shape: [matrix.count])
  }
}
