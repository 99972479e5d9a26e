import Contrast
import Networks
import Saliency
import Tensors
import Terms
import TestSupport

/// An explainer whose maps are what a test says.
struct PaintedMaps: Explainer {
  let paint: @Sendable (Network, Tensor, Score) throws -> [Float]

  func maps(for request: MapRequest) throws -> Explanation {
    let (network, input) = (request.network, request.input.tensor)
    let prediction = try network.prediction(for: input)
    let scores = try request.scores(prediction)
    try request.progress(.init(completed: 1, total: 1))
    return Explanation(
      prediction: prediction, scores: scores.map { _ in 1 },
      maps: try scores.map { score in
        let values = try Tensor(
          try paint(network, input, score), shape: Array(input.shape.dropFirst(2)))
        return SaliencyMap(values: values, atLayer: values, rectification: .none)
      })
  }
}

/// Networks without bends: the gradient of a logit is its row of weights.
enum LinearNetworks {
  static let side = 8
  static let classCount = 7

  /// One linear layer on a picture of 8 × 8, seven classes.
  static func one(seed: Seed = 11) throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, side, side])
    let flat = flattened(&builder)
    let output = try layer("head", flat, (side * side, classCount), seed, &builder)
    return try ToyNetworks.network(builder.program(output: output))
  }

  /// Two linear layers, 64 to 6 to seven classes.
  static func two(seed: Seed = 12) throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, side, side])
    let flat = flattened(&builder)
    let hidden = try layer("first", flat, (side * side, 6), seed, &builder)
    let output = try layer("head", hidden, (6, classCount), Seed(seed.value + 1), &builder)
    return try ToyNetworks.network(builder.program(output: output))
  }

  /// A picture of noise, the same each time.
  static func input() throws -> Tensor {
    var stream = RandomStream(3)
    return try Tensor(
      (0..<side * side).map { _ in stream.uniform() }, shape: [1, 1, side, side])
  }

  private static func flattened(_ builder: inout ProgramBuilder) -> ProgramBuilder.Reference {
    builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [side * side])
  }

  private static func layer(
    _ name: String, _ input: ProgramBuilder.Reference, _ size: (width: Int, count: Int),
    _ seed: Seed, _ builder: inout ProgramBuilder
  ) throws -> ProgramBuilder.Reference {
    var stream = RandomStream(seed)
    let weights = (0..<size.count * size.width).map { _ in stream.normal() }
    return builder.call(
      "linear", in: name, type: "Linear",
      [
        ("input", .value(input)),
        ("weight", .weight("weight", try Tensor(weights, shape: [size.count, size.width]))),
      ], shape: [size.count])
  }
}
