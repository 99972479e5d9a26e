internal import Tensors

extension Picture {
  /// The picture at another size, each new pixel a weighted mean over all old ones it covers.
  ///
  /// Agrees with Pillow's `Image.resize(size, Image.BILINEAR)` within one of 255 levels.
  ///
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size, `TensorError`
  ///   when memory runs out.
  public func resized(width: Int, height: Int) throws -> Picture {
    try Self.check(width: width, height: height)
    if width == self.width, height == self.height { return self }
    let old = try Tensor(pixels, shape: [1, self.height, self.width, 3]).permuted([0, 3, 1, 2])
    let new = try old.resizedAntialiased(height: height, width: width).permuted([0, 2, 3, 1])
    return Picture(trusted: try new.elements(), width: width, height: height)
  }

  /// A part of the picture.
  ///
  /// - Parameters:
  ///   - x: The first column, counted from the left.
  ///   - y: The first row, counted from the top.
  ///   - width: How many columns.
  ///   - height: How many rows.
  /// - Throws: ``PictureError`` when the part is empty or does not lie in the picture.
  public func cropped(x: Int, y: Int, width: Int, height: Int) throws(PictureError) -> Picture {
    try Self.check(width: width, height: height)
    guard x >= 0, y >= 0, x <= self.width - width, y <= self.height - height else {
      throw .partOutside(
        x: x, y: y, width: width, height: height, ofWidth: self.width, ofHeight: self.height)
    }
    var part: [UInt8] = []
    part.reserveCapacity(width * height * 3)
    for row in y..<y + height {
      let start = (row * self.width + x) * 3
      part += pixels[start..<start + width * 3]
    }
    return Picture(trusted: part, width: width, height: height)
  }
}
