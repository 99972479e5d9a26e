public import Imagery
public import Tensors

extension Preprocessing {
  /// The network's input for a picture: resized, cut, scaled to 0…1, normalised by channel.
  ///
  ///     input = (picture / 255 − mean) / std
  ///
  /// - Shapes: the result is `[1, channels, height, width]`.
  public func input(from picture: Picture) throws -> Tensor {
    try input(fromCut: cut(picture))
  }

  /// The network's input for a picture that has the input's size already.
  public func input(fromCut picture: Picture) throws -> Tensor {
    var pixels: Tensor
    switch channelOrder {
    case .rgb: pixels = try picture.tensor()
    case .bgr: pixels = try picture.tensor().gather(axis: 1, [2, 1, 0])
    case .gray: pixels = try picture.greyTensor()
    }
    pixels = try pixels * (1 / 255)
    return try normalisation.applied(to: pixels)
  }

  /// The picture that an input shows, to the nearest of 255 levels; grey where the input is.
  ///
  ///     picture = 255 (input · std + mean)
  ///
  /// - Parameter input: `[1, channels, height, width]`.
  public func picture(from input: Tensor) throws -> Picture {
    let pixels = try normalisation.undone(from: input.on(.cpu)) * 255
    switch channelOrder {
    case .rgb: return try Picture(tensor: pixels)
    case .bgr: return try Picture(tensor: pixels.gather(axis: 1, [2, 1, 0]))
    case .gray: return try Picture(tensor: pixels.gather(axis: 1, [0, 0, 0]))
    }
  }
}

extension Preprocessing {
  /// The same with the card's own region: for pictures other than the one whose ``region`` was chosen.
  public var withoutRegion: Preprocessing {
    var plain = self
    plain.region = nil
    return plain
  }

  /// A colour picture squashed to a square, not normalised.
  public static func square(_ side: Int) -> Preprocessing {
    Preprocessing(
      height: side, width: side, channels: 3, channelOrder: .rgb, mean: [0, 0, 0],
      std: [1, 1, 1], resize: .squash, crop: 1)
  }

  /// The part of a picture that the network sees, at its size.
  public func cut(_ picture: Picture) throws -> Picture {
    if let part = try otherRegion(of: picture) {
      return try picture.cropped(
        x: Int(part.x), y: Int(part.y), width: Int(part.width), height: Int(part.height)
      ).resized(width: width, height: height)
    }
    let plan = geometry(pictureWidth: picture.width, pictureHeight: picture.height)
    return try picture.resized(width: plan.resizedWidth, height: plan.resizedHeight)
      .cropped(x: plan.left, y: plan.top, width: plan.width, height: plan.height)
  }
}
