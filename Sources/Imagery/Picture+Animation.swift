internal import CGD

extension Picture {
  /// The bytes of an animated GIF file that repeats without end.
  ///
  /// Each frame has up to 256 colours of its own. A frame of no more keeps them exactly; for others
  /// they are chosen by median cut, and the frame is dithered.
  ///
  /// - Parameters:
  ///   - frames: Pictures of one size, in order.
  ///   - hundredthsPerFrame: How long each stays, in hundredths of a second.
  /// - Throws: ``PictureError`` when there is no frame, sizes differ, the time is not 1 to 65535,
  ///   or memory runs out.
  public static func animation(
    _ frames: [Picture], hundredthsPerFrame: Int
  ) throws(PictureError) -> [UInt8] {
    try animation(frames) { _ in hundredthsPerFrame }
  }

  /// The same, each frame with a time of its own.
  ///
  /// - Parameter hundredths: How long the frame at an index stays, in hundredths of a second.
  /// - Throws: ``PictureError`` as ``animation(_:hundredthsPerFrame:)`` does.
  public static func animation(
    _ frames: [Picture], hundredths: (Int) -> Int
  ) throws(PictureError) -> [UInt8] {
    guard let first = frames.first else { throw .noFrames }
    let times = frames.indices.map(hundredths)
    if let wrong = times.first(where: { !(1...65535).contains($0) }) {
      throw .frameDuration(hundredths: wrong)
    }
    for (index, frame) in frames.enumerated()
    where frame.width != first.width || frame.height != first.height {
      throw .frameSize(index: index, width: frame.width, height: frame.height)
    }
    let (bytes, messages) = GDMessages.during {
      encode(frames, first, times)
    }
    guard let bytes else { throw .notEncoded(.gif, message: messages.first ?? "no memory") }
    return bytes
  }

  private static func encode(
    _ frames: [Picture], _ first: Picture, _ times: [Int]
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    for (index, frame) in frames.enumerated() {
      guard let image = frame.paletteImage() else { return nil }
      defer { gdImageDestroy(image) }
      var count: Int32 = 0
      if index == 0 {
        // No shared colours: 0. Repeats without end: 0.
        guard let head = GDBlock(gdImageGifAnimBeginPtr(image, &count, 0, 0), count) else {
          return nil
        }
        bytes += head.bytes
      }
      let data = gdImageGifAnimAddPtr(
        image, &count, 1, 0, 0, Int32(times[index]), Int32(gdDisposalNone), nil)
      guard let part = GDBlock(data, count) else { return nil }
      bytes += part.bytes
    }
    var count: Int32 = 0
    guard let tail = GDBlock(gdImageGifAnimEndPtr(&count), count) else { return nil }
    return bytes + tail.bytes
  }

  /// A copy of at most 256 colours in libgd's memory, for the caller to destroy.
  private func paletteImage() -> gdImagePtr? {
    if let exact = exactPaletteImage() { return exact }
    guard let image = gdImage() else { return nil }
    guard gdImageTrueColorToPalette(image, 1, 256) != 0 else {
      gdImageDestroy(image)
      return nil
    }
    return image
  }

  /// The same, `nil` where there are more colours; libgd's own choice would change even few.
  private func exactPaletteImage() -> gdImagePtr? {
    var palette: [Color: Int32] = [:]
    guard let image = gdImageCreate(Int32(clamping: width), Int32(clamping: height)) else {
      return nil
    }
    // Neighbours are often alike, most of all in an enlarged picture.
    var last: (color: Color, entry: Int32)?
    for (index, start) in stride(from: 0, to: pixels.count, by: 3).enumerated() {
      let color = Color(red: pixels[start], green: pixels[start + 1], blue: pixels[start + 2])
      let known = last?.color == color ? last?.entry : palette[color]
      let entry = known ?? color.allocated(in: image)
      last = (color, entry)
      guard entry >= 0 else {
        gdImageDestroy(image)
        return nil
      }
      if known == nil { palette[color] = entry }
      gdImageSetPixel(image, Int32(index % width), Int32(index / width), entry)
    }
    return image
  }
}

extension Color {
  /// Its number in the palette of an image, negative where that is full.
  fileprivate func allocated(in image: gdImagePtr) -> Int32 {
    gdImageColorAllocate(image, Int32(red), Int32(green), Int32(blue))
  }
}
