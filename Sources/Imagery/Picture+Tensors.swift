public import Tensors

extension Picture {
  /// The picture as 32-bit floats from 0 to 255, of shape `[1, 3, height, width]`.
  public func tensor() throws(TensorError) -> Tensor {
    // As bytes as long as can be: the floats of a large photo are the most that there is.
    try planes().converted(to: .float32).reshaped([1, 3, height, width])
  }

  /// The colours one after another, as bytes of shape `[3, height, width]`.
  private func planes() throws(TensorError) -> Tensor {
    let bytes = try Tensor(pixels, shape: [height, width, 3])
    return try .stacked(
      (0..<3).map { channel throws(TensorError) in try bytes.select(axis: 2, index: channel) })
  }

  /// The brightness of each pixel from 0 to 255, of shape `[1, 1, height, width]`.
  ///
  /// Whole numbers, equal to those of Pillow's `Image.convert("L")`.
  public func greyTensor() throws(TensorError) -> Tensor {
    try Tensor(luma, shape: [1, 1, height, width]).converted(to: .float32)
  }

  /// A picture of a tensor `[1, 3, height, width]`; values are rounded and moved into 0...255.
  ///
  /// - Throws: ``PictureError`` when the shape is another or a value is not finite, `TensorError`
  ///   when the tensor cannot be read.
  public init(tensor: Tensor) throws {
    let shape = tensor.shape
    guard shape.count == 4, shape[0] == 1, shape[1] == 3 else {
      throw PictureError.tensorShape(shape)
    }
    let (height, width) = (shape[2], shape[3])
    try Self.check(width: width, height: height)
    guard try tensor.isAllFinite() else { throw PictureError.tensorNotFinite }
    let count = width * height
    let planes = try tensor.floats()
    self = planes.withUnsafeBufferPointer { planes in
      Picture(width: width, height: height) { x, y in
        let i = y * width + x
        return Color(
          red: byte(planes[i]), green: byte(planes[count + i]), blue: byte(planes[count * 2 + i]))
      }
    }
  }

  /// The brightness of each pixel, row by row.
  var luma: [UInt8] {
    let count = width * height
    return [UInt8](unsafeUninitializedCapacity: count) { grey, filled in
      pixels.withUnsafeBufferPointer { bytes in
        for i in 0..<count {
          let at = i * 3
          grey[i] = Color(red: bytes[at], green: bytes[at + 1], blue: bytes[at + 2]).luma
        }
      }
      filled = count
    }
  }
}

/// The nearest byte to a number, which must not be NaN.
func byte(_ value: Float) -> UInt8 { UInt8(min(max(value, 0), 255) + 0.5) }
