public import Networks
internal import Tensors

extension ToyNetworks {
  /// Linear layers on all numbers of a picture, `relu` between them, none after the last.
  ///
  /// - Parameter inputShape: Channels, rows and columns; one row of grey pixels where left out.
  public static func perceptron(
    _ layers: [(weights: [[Float]], biases: [Float])], inputShape: [Int]? = nil
  ) throws -> Program {
    let width = layers[0].weights[0].count
    var builder = ProgramBuilder(inputShape: inputShape ?? [1, 1, width])
    var value = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [width])
    for (i, layer) in layers.enumerated() {
      let count = layer.weights.count
      if i > 0 {
        value = builder.call(
          "relu", in: "relu\(i)", type: "ReLU", [("self", .value(value))],
          shape: [layer.weights[0].count])
      }
      value = builder.call(
        "linear", in: "linear\(i + 1)", type: "Linear",
        [
          ("input", .value(value)),
          (
            "weight",
            .weight(
              "weight",
              try Tensor(layer.weights.flatMap(\.self), shape: [count, layer.weights[0].count]))
          ),
          ("bias", .weight("bias", try Tensor(layer.biases, shape: [count]))),
        ], shape: [count])
    }
    return try builder.program(output: value)
  }

  /// A network of random weights with many bends: three layers of 24, 16 and 3 from 12 numbers.
  public static func bent() throws -> Program {
    var seed: UInt64 = 42
    // A fixed sequence without structure; its distribution does not matter.
    func draw() -> Float {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int64(bitPattern: seed) >> 40) * 0x1p-23
    }
    return try perceptron(
      zip([12, 24, 16], [24, 16, 3]).map { inputs, outputs in
        (
          (0..<outputs).map { _ in (0..<inputs).map { _ in draw() } },
          (0..<outputs).map { _ in draw() * 0.5 }
        )
      })
  }
}
