internal import Imagery
internal import Networks
internal import Tensors

extension Preprocessing.ChannelOrder {
  /// The picture of numbers `[C, H, W]`, 0…1, in 256 levels.
  func picture(of numbers: Tensor) throws -> Picture {
    let places: [Int] =
      switch self {
      case .rgb: [0, 1, 2]
      case .bgr: [2, 1, 0]
      case .gray: [0, 0, 0]
      }
    guard numbers.shape.count == 3, numbers.shape[0] > (places.max() ?? 0) else {
      throw PictureError.tensorShape(numbers.shape)
    }
    return try Picture(
      tensor: (numbers.gather(axis: 0, places) * 255).clamped(to: 0...255).withAxis(at: 0))
  }
}
