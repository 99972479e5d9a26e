public import Networks
internal import Tensors

/// Networks that take no pictures, linear in what they read, so that every method's map is known.
public enum ToyInputs {
  /// Six tokens' rows; the first stands for nothing.
  public static let rows: [[Float]] = [
    [0.5, -1], [1, 2], [-2, 0.5], [3, 1], [0.25, -0.75], [-1, -1.5],
  ]
  /// W of two classes, for rows of two numbers.
  public static let weights: [[Float]] = [[2, -1], [0.5, 3]]

  /// A bag of embeddings, `y = W · mean of the rows of four tokens`.
  public static func bag() throws -> Network {
    try Network(
      program: bagProgram(), card: card(.tokens(NumberTokenizer(blank: 0))), cardPath: "card")
  }

  /// The program of ``bag()``.
  public static func bagProgram() throws -> Program {
    var builder = ProgramBuilder()
    let ids = builder.addInput("ids", shape: [nil, 4], type: .int64)
    let row = builder.call(
      "embedding", in: "embed", type: "Embedding",
      [
        ("weight", .weight("weight", try Tensor(rows.flatMap(\.self), shape: [6, 2]))),
        ("indices", .value(ids)),
      ], shape: [4, 2])
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(row)), ("dim", .ints([1]))],
      shape: [2])
    let output = linear(&builder, mean, weights)
    return try builder.program(output: output)
  }

  /// What a token adds to a class's logit, more than nothing does.
  public static func evidence(of token: Int, for label: Int) -> Float {
    zip(weights[label], zip(rows[token], rows[0])).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) } / 4
  }

  /// Three columns with names, means and deviations.
  public static let columns = [
    Column(name: "age", mean: 40, std: 10), Column(name: "income", mean: 3, std: 2),
    Column(name: "owns", mean: 0.5, std: 0.5),
  ]
  /// W of two classes, for three columns.
  public static let columnWeights: [[Float]] = [[1, -2, 0.5], [0.25, 3, -1]]

  /// `y = W · (x − mean) / std` of a row of three columns.
  public static func table() throws -> Network {
    var builder = ProgramBuilder()
    let row = builder.addInput("row", shape: [nil, 3])
    let output = linear(&builder, row, columnWeights)
    return try Network(
      program: builder.program(output: output), card: card(.table(columns)), cardPath: "card")
  }

  private static func linear(
    _ builder: inout ProgramBuilder, _ input: ProgramBuilder.Reference, _ weights: [[Float]]
  ) -> ProgramBuilder.Reference {
    let matrix = Result {
      try Tensor(weights.flatMap(\.self), shape: [weights.count, weights[0].count])
    }
    guard let matrix = try? matrix.get() else { return input }
    return builder.call(
      "linear", in: "head", type: "Linear",
      [("input", .value(input)), ("weight", .weight("weight", matrix))], shape: [weights.count])
  }

  private static func card(_ form: InputForm) -> Card {
    Card(task: .classification, output: .logits, labels: .list(["calm", "loud"]), form: form)
  }
}
