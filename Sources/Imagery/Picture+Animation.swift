internal import CGD

extension Picture {
  /// The bytes of an animated GIF file that repeats without end.
  ///
  /// Each frame has 256 colours of its own, chosen by median cut and dithered.
  ///
  /// - Parameters:
  ///   - frames: Pictures of one size, in order.
  ///   - hundredthsPerFrame: How long each stays, in hundredths of a second.
  /// - Throws: ``PictureError`` when there is no frame, sizes differ, the time is not 1 to 65535,
  ///   or memory runs out.
  public static func animation(
    _ frames: [Picture], hundredthsPerFrame: Int
  ) throws(PictureError) -> [UInt8] {
    guard let first = frames.first else { throw .noFrames }
    guard (1...65535).contains(hundredthsPerFrame) else {
      throw .frameDuration(hundredths: hundredthsPerFrame)
    }
    for (index, frame) in frames.enumerated()
    where frame.width != first.width || frame.height != first.height {
      throw .frameSize(index: index, width: frame.width, height: frame.height)
    }
    let (bytes, messages) = GDMessages.during {
      encode(frames, first, hundredths: Int32(hundredthsPerFrame))
    }
    guard let bytes else { throw .notEncoded(.gif, message: messages.first ?? "no memory") }
    return bytes
  }

  private static func encode(
    _ frames: [Picture], _ first: Picture, hundredths: Int32
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    for (index, frame) in frames.enumerated() {
      guard let image = frame.gdImage() else { return nil }
      defer { gdImageDestroy(image) }
      guard gdImageTrueColorToPalette(image, 1, 256) != 0 else { return nil }
      var count: Int32 = 0
      if index == 0 {
        // No shared colours: 0. Repeats without end: 0.
        guard let head = GDBlock(gdImageGifAnimBeginPtr(image, &count, 0, 0), count) else {
          return nil
        }
        bytes += head.bytes
      }
      let data = gdImageGifAnimAddPtr(
        image, &count, 1, 0, 0, hundredths, Int32(gdDisposalNone), nil)
      guard let part = GDBlock(data, count) else { return nil }
      bytes += part.bytes
    }
    var count: Int32 = 0
    guard let tail = GDBlock(gdImageGifAnimEndPtr(&count), count) else { return nil }
    return bytes + tail.bytes
  }
}
