/// How a picture is resized and cut for a network, in whole pixels.
public struct InputGeometry: Hashable, Sendable {
  /// Size of the resized picture.
  public let resizedWidth: Int
  /// Size of the resized picture.
  public let resizedHeight: Int
  /// Left edge of the part that is kept, in the resized picture.
  public let left: Int
  /// Upper edge of the part that is kept, in the resized picture.
  public let top: Int
  /// Size of the part that is kept: the network's input.
  public let width: Int
  /// Size of the part that is kept: the network's input.
  public let height: Int
}

extension Preprocessing {
  /// What becomes of a picture of a size.
  ///
  /// `shorter-side` is torchvision's evaluation transform, `Resize(round(size / crop))` and
  /// `CenterCrop(size)`: the longer side is rounded down. Departs from it where the margin is odd:
  /// the spare pixel is always cut at the right or the bottom, as TensorFlow's central crop does,
  /// where torchvision rounds half the margin to even.
  public func geometry(pictureWidth: Int, pictureHeight: Int) -> InputGeometry {
    let fullWidth = Int((Double(width) / Double(crop)).rounded(.toNearestOrEven))
    let fullHeight = Int((Double(height) / Double(crop)).rounded(.toNearestOrEven))
    var (newWidth, newHeight) = (fullWidth, fullHeight)
    if resize == .shorterSide {
      // The side that would fall short of its target first decides the scale.
      if pictureWidth * fullHeight <= pictureHeight * fullWidth {
        newHeight = max(fullHeight, fullWidth * pictureHeight / max(pictureWidth, 1))
      } else {
        newWidth = max(fullWidth, fullHeight * pictureWidth / max(pictureHeight, 1))
      }
    }
    return InputGeometry(
      resizedWidth: newWidth, resizedHeight: newHeight,
      left: (newWidth - width) / 2, top: (newHeight - height) / 2,
      width: width, height: height)
  }
}
