extension Picture {
  /// The picture at another size, as Pillow's `Image.resize` makes it, bit for bit.
  ///
  /// Each new pixel is a weighted mean over old ones: over all that it covers where the picture gets smaller, so that
  /// fine patterns leave no moiré. Widths change first, then heights, with 8 bits between; where the
  /// height loses more than twice as many pixels as the width, heights change first, as in Pillow 13 and later.
  ///
  /// - Complexity: (W′ h r_x + W′ H′ r_y) multiplications, where r are the old places that a new one takes.
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size.
  public func resized(
    width: Int, height: Int, by interpolation: Interpolation = .bilinear
  ) throws(PictureError) -> Picture {
    try Self.check(width: width, height: height)
    if width == self.width, height == self.height { return self }
    let isShortenedFirst =
      height < self.height && self.height - height > 2 * (self.width - width)
      && width != self.width
    if isShortenedFirst {
      return try resized(width: self.width, height: height, by: interpolation)
        .resized(width: width, height: height, by: interpolation)
    }
    var rows = RowResampler(
      self, across: AxisWeights(from: self.width, to: width, by: interpolation),
      down: AxisWeights(from: self.height, to: height, by: interpolation))
    let count = width * height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      guard let bytes = bytes.baseAddress else { return }
      for row in 0..<height { rows.write(row: row, to: bytes + row * width * 3) }
      filled = count
    }
    return Picture(trusted: pixels, width: width, height: height)
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

  /// What is seen through a window on the picture, which may stick out of it.
  ///
  /// - Parameters:
  ///   - x: The window's left edge, in the picture's pixels.
  ///   - y: Its upper edge.
  ///   - width: How many columns.
  ///   - height: How many rows.
  ///   - outside: What lies around the picture.
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size.
  public func window(
    x: Int, y: Int, width: Int, height: Int, outside: Color
  ) throws(PictureError) -> Picture {
    try Self.check(width: width, height: height)
    if x >= 0, y >= 0, x <= self.width - width, y <= self.height - height {
      return try cropped(x: x, y: y, width: width, height: height)
    }
    return Picture(width: width, height: height) { self[x &+ $0, y &+ $1] ?? outside }
  }
}
