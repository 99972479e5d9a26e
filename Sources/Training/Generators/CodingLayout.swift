internal import Networks
internal import Terms

/// The layers between pictures and codes, and back.
///
/// Convolutions of 4 × 4 with stride 2 halve the maps until they are 6 to 11 a side; a linear layer
/// leads to the code, or two with a hidden layer between. The decoder mirrors it. Widths double
/// from 32 up to 128 channels.
struct CodingLayout {
  /// Channels, rows and columns of a picture.
  let pictureShape: [Int]
  /// The length of a code.
  let latentLength: Int
  /// The length of the hidden layer; `nil` for none.
  var hiddenLength: Int?

  /// The shapes of the maps, from the picture's to the smallest.
  var mapShapes: [[Int]] {
    var shapes = [pictureShape]
    var last = pictureShape
    while min(last[1], last[2]) >= 12 || shapes.count == 1 {
      last = [min(32 << (shapes.count - 1), 128), last[1] / 2, last[2] / 2]
      shapes.append(last)
    }
    return shapes
  }

  /// The encoder, `[N, C, H, W]` to `[N, outputCount]`; its last layer is ``codeLayer``.
  ///
  /// - Parameter isLeaky: Whether its rectifiers let a fifth of negative values pass, as a critic's do.
  func encoder(outputCount: Int, isLeaky: Bool = false, draw: RandomStream) throws -> Program {
    var layers = LayerBuilder(inputShape: pictureShape, draw: draw)
    var value = layers.input
    for (i, shape) in mapShapes.dropFirst().enumerated() {
      value = try layers.convolution(
        value, to: shape[0], side: 4, stride: 2, padding: 1, in: "encoder.features.\(2 * i)")
      let module = "encoder.features.\(2 * i + 1)"
      value = isLeaky ? layers.leakyReLU(value, in: module) : layers.relu(value, in: module)
    }
    value = layers.flattened(value, in: "encoder.flatten")
    if let hiddenLength {
      value = try layers.linear(value, to: hiddenLength, in: "encoder.hidden")
      let module = "encoder.rectified"
      value = isLeaky ? layers.leakyReLU(value, in: module) : layers.relu(value, in: module)
    }
    value = try layers.linear(value, to: outputCount, in: Self.codeLayer)
    return try layers.program(output: value)
  }

  /// The decoder, `[N, k]` to `[N, C, H, W]`.
  ///
  /// - Parameter endsInSigmoid: Whether it gives 0…1, or the logits of that.
  func decoder(endsInSigmoid: Bool, draw: RandomStream) throws -> Program {
    let shapes = Array(mapShapes.reversed())
    var layers = LayerBuilder(inputShape: [latentLength], draw: draw)
    var value = layers.input
    if let hiddenLength {
      value = try layers.linear(value, to: hiddenLength, in: Self.hiddenLayer)
      value = layers.relu(value, in: "decoder.rectified")
    }
    value = try layers.linear(value, to: shapes[0].reduce(1, *), in: Self.mapLayer)
    value = layers.relu(value, in: "decoder.relu")
    value = layers.unflattened(value, to: shapes[0], in: "decoder.unflatten")
    for (i, shape) in shapes.dropFirst().enumerated() {
      value = try layers.upsampling(value, to: shape, in: "decoder.features.\(2 * i)")
      if i < shapes.count - 2 { value = layers.relu(value, in: "decoder.features.\(2 * i + 1)") }
    }
    if endsInSigmoid { value = layers.sigmoid(value, in: "decoder.sigmoid") }
    return try layers.program(output: value)
  }

  /// The encoder's last layer.
  static let codeLayer = "encoder.code"
  /// The decoder's first layer, where there is a hidden one.
  static let hiddenLayer = "decoder.hidden"
  /// The decoder's layer that gives the smallest maps, its first where there is no hidden one.
  static let mapLayer = "decoder.maps"
}
