internal import Networks
internal import Tensors

/// Layers of transformers: values are rows of numbers, one a token, `[N, n, d]`.
extension LayerBuilder {
  /// Patches of a picture as tokens, row by row.
  ///
  /// - Parameter side: Of a patch, in pixels. Where no whole number of them fills the picture, its edges are padded with
  ///   zeros, so that every pixel lies in a patch.
  mutating func patches(
    _ value: Reference, side: Int, width: Int, in module: String
  ) throws -> Reference {
    let lengths = value.shape.dropFirst()
    let counts = lengths.map { ($0 + side - 1) / side }
    let padding = zip(lengths, counts).map { ($1 * side - $0 + 1) / 2 }
    let fanIn = value.shape[0] * side * side
    let maps = builder.call(
      "conv2d", in: module, type: "Conv2d",
      [("input", .value(value))]
        + (try weights([width, value.shape[0], side, side], fanIn: fanIn, gain: 1))
        + [("stride", .ints([side, side])), ("padding", .ints(padding))], shape: [width] + counts)
    let count = counts.reduce(1, *)
    let rows = builder.call(
      "flatten.using_ints", in: "", type: "",
      [("self", .value(maps)), ("start_dim", .int(2))], shape: [width, count])
    return swapped(rows, in: "", shape: [count, width])
  }

  /// A learnt token before all others.
  mutating func withClassToken(_ tokens: Reference, named name: String) throws -> Reference {
    let (count, width) = (tokens.shape[0], tokens.shape[1])
    let token = try drawn([1, 1, width], deviation: Self.smallDeviation)
    let repeated = builder.call(
      "expand", in: "", type: "",
      [("self", .weight(name, token)), ("size", .lengths([nil, 1, width]))], shape: [1, width])
    return builder.call(
      "cat", in: "", type: "", [("tensors", .values([repeated, tokens])), ("dim", .int(1))],
      shape: [count + 1, width])
  }

  /// Adds to each token what says where it is.
  mutating func withPositions(_ tokens: Reference, named name: String) throws -> Reference {
    let positions = try drawn([1] + tokens.shape, deviation: Self.smallDeviation)
    return builder.call(
      "add.Tensor", in: "", type: "",
      [("self", .value(tokens)), ("other", .weight(name, positions))], shape: tokens.shape)
  }

  /// How far learnt tokens and positions start from 0 (Dosovitskiy et al. 2021).
  private static let smallDeviation: Float = 0.02

  /// Gives every token mean 0 and variance 1, then a learnt scale and shift (Ba et al. 2016).
  mutating func layerNormalization(_ tokens: Reference, in module: String) throws -> Reference {
    let width = tokens.shape[1]
    return builder.call(
      "layer_norm", in: module, type: "LayerNorm",
      [
        ("input", .value(tokens)), ("normalized_shape", .ints([width])),
        ("weight", .weight("weight", try constant(1, width))),
        ("bias", .weight("bias", try constant(0, width))), ("eps", .double(1e-6)),
        ("cudnn_enable", .bool(true)),
      ], shape: tokens.shape)
  }

  /// The same linear layer for each token.
  mutating func tokenwise(
    _ tokens: Reference, to count: Int, in module: String
  ) throws -> Reference {
    let width = tokens.shape[1]
    return builder.call(
      "linear", in: module, type: "Linear",
      [("input", .value(tokens))] + (try weights([count, width], fanIn: width, gain: 1)),
      shape: [tokens.shape[0], count])
  }

  /// Tokens look at each other:
  ///
  ///     softmax(Q Kᵀ / √(d / H)) V for each of H heads, side by side, then a linear layer
  ///
  /// Vaswani et al. (2017), equation 1 and section 3.2.2.
  mutating func attention(
    _ tokens: Reference, headCount: Int, in module: String
  ) throws -> Reference {
    let (count, width) = (tokens.shape[0], tokens.shape[1])
    let rows = try tokenwise(tokens, to: 3 * width, in: "\(module).qkv")
    let lengths = [3, headCount, width / headCount]
    let parts = builder.call(
      "reshape", in: module, type: "Attention",
      [("self", .value(rows)), ("shape", .ints([-1, count] + lengths))], shape: [count] + lengths)
    let head = [headCount, count, width / headCount]
    let stacked = builder.call(
      "permute", in: module, type: "Attention",
      [("self", .value(parts)), ("dims", .ints([2, 0, 3, 1, 4]))],
      results: [.tensor([3, nil] + head)])[0]
    let operands = ["query", "key", "value"].enumerated().map { place, name in
      let part = builder.call(
        "select.int", in: module, type: "Attention",
        [("self", .value(stacked)), ("dim", .int(0)), ("index", .int(place))], shape: head)
      return (name, ProgramBuilder.Argument.value(part))
    }
    let seen = builder.call(
      "scaled_dot_product_attention", in: module, type: "Attention", operands, shape: head)
    let turned = swapped(seen, in: module, shape: [count, headCount, width / headCount])
    let joined = builder.call(
      "reshape", in: module, type: "Attention",
      [("self", .value(turned)), ("shape", .ints([-1, count, width]))], shape: tokens.shape)
    return try tokenwise(joined, to: width, in: "\(module).out")
  }

  /// `x Φ(x)`, Φ the distribution of N(0, 1) (Hendrycks and Gimpel 2016).
  mutating func gelu(_ value: Reference, in module: String) -> Reference {
    builder.call("gelu", in: module, type: "GELU", [("self", .value(value))], shape: value.shape)
  }

  /// The first token.
  mutating func first(_ tokens: Reference) -> Reference {
    builder.call(
      "select.int", in: "", type: "",
      [("self", .value(tokens)), ("dim", .int(1)), ("index", .int(0))], shape: [tokens.shape[1]])
  }

  /// The two axes behind the batch's change places.
  private mutating func swapped(
    _ value: Reference, in module: String, shape: [Int]
  ) -> Reference {
    builder.call(
      "transpose.int", in: module, type: "Attention",
      [("self", .value(value)), ("dim0", .int(1)), ("dim1", .int(2))], shape: shape)
  }
}
