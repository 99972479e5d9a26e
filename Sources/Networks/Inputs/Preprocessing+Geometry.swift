/// How a picture is resized and cut for a network, in whole pixels.
public struct InputGeometry: Hashable, Sendable {
  /// Size of the resized picture.
  public let resizedWidth: Int
  /// Size of the resized picture.
  public let resizedHeight: Int
  /// Left edge of the part that is kept, in the resized picture; negative where a border is filled.
  public let left: Int
  /// Upper edge of the part that is kept, in the resized picture; negative where a border is filled.
  public let top: Int
  /// Size of the part that is kept: the network's input.
  public let width: Int
  /// Size of the part that is kept: the network's input.
  public let height: Int
}

extension Preprocessing {
  /// What becomes of a picture of a size, by ``resize``, ``crop`` and ``convention``.
  ///
  /// `shorter-side` of a square input is torchvision's evaluation transform, `Resize(round(size / crop))` and
  /// `CenterCrop(size)`: the longer side is rounded down. Of an input that is no square, and for `longer-side`, it is
  /// timm's `ResizeKeepRatio`: both sides are rounded to the nearest. By ``Convention/floor``, the side that does not
  /// decide is always rounded down.
  public func geometry(pictureWidth: Int, pictureHeight: Int) -> InputGeometry {
    let full = (width: resized(width), height: resized(height))
    let picture = (width: max(pictureWidth, 1), height: max(pictureHeight, 1))
    let new: (width: Int, height: Int) =
      switch resize {
      case .squash: full
      case .shorterSide where full.width == full.height || convention == .floor:
        Self.covering(full, by: picture)
      case .shorterSide: Self.scaled(picture, to: full, by: min)
      case .longerSide: Self.scaled(picture, to: full, by: max)
      }
    return InputGeometry(
      resizedWidth: new.width, resizedHeight: new.height, left: start(new.width - width),
      top: start(new.height - height), width: width, height: height)
  }

  /// A side of the resized picture.
  private func resized(_ side: Int) -> Int {
    Int((Double(side) / Double(crop)).rounded(.toNearestOrEven))
  }

  /// The least size that covers another, in a picture's shape; the longer side is rounded down.
  private static func covering(
    _ full: (width: Int, height: Int), by picture: (width: Int, height: Int)
  ) -> (width: Int, height: Int) {
    // The side that would fall short of its target first decides the scale.
    picture.width * full.height <= picture.height * full.width
      ? (full.width, max(full.height, full.width * picture.height / picture.width))
      : (max(full.width, full.height * picture.width / picture.height), full.height)
  }

  /// A picture's size over the ratio of one of its sides to another size's.
  private static func scaled(
    _ picture: (width: Int, height: Int), to full: (width: Int, height: Int),
    by chosen: (Double, Double) -> Double
  ) -> (width: Int, height: Int) {
    let ratio = chosen(
      Double(picture.width) / Double(full.width), Double(picture.height) / Double(full.height))
    func side(_ length: Int) -> Int {
      max(1, Int((Double(length) / ratio).rounded(.toNearestOrEven)))
    }
    return (side(picture.width), side(picture.height))
  }

  /// Where what is kept begins, for a margin that both sides share; a negative one is filled, and its spare pixel always
  /// lies at the right or the bottom.
  private func start(_ margin: Int) -> Int {
    if margin < 0 { return -(-margin / 2) }
    return convention == .floor
      ? margin / 2 : Int((Double(margin) / 2).rounded(.toNearestOrEven))
  }
}
