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
    let pixels: Tensor
    switch channelOrder {
    case .rgb: pixels = try picture.tensor()
    case .bgr: pixels = try picture.tensor().gather(axis: 1, [2, 1, 0])
    case .gray: pixels = try picture.greyTensor()
    }
    // A product with 1/255 is one digit off in half of all levels, and bytes scaled there and back in nearly half.
    return takesBytes ? pixels : try normalisation.applied(to: pixels / Tensor(255))
  }

  /// Whether the input is the picture's bytes, 0…255.
  private var takesBytes: Bool {
    mean.allSatisfy { $0 == 0 } && std.allSatisfy { $0 == 1 / 255 }
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

  /// What the network sees of a picture, at the input's size.
  public func cut(_ picture: Picture) throws -> Picture {
    let framing = try framing(of: picture)
    let (part, plan) = (framing.part, framing.plan)
    return
      try picture.cropped(x: part.x, y: part.y, width: part.width, height: part.height)
      .resized(width: plan.resizedWidth, height: plan.resizedHeight, by: interpolation)
      .window(
        x: plan.left, y: plan.top, width: plan.width, height: plan.height, outside: fillColor)
  }

  /// What is shown where a picture does not reach.
  private var fillColor: Color {
    let levels = (fill ?? mean).map { level in
      UInt8((min(max(level, 0), 1) * 255).rounded(.toNearestOrEven))
    }
    guard let first = levels.first, let last = levels.last else { return .init(grey: 0) }
    switch channelOrder {
    case .rgb where levels.count == 3: return Color(red: first, green: levels[1], blue: last)
    case .bgr where levels.count == 3: return Color(red: last, green: levels[1], blue: first)
    default: return .init(grey: first)
    }
  }
}

extension Color {
  fileprivate init(grey: UInt8) { self.init(red: grey, green: grey, blue: grey) }
}
