extension Picture {
  /// Reads a JPEG, PNG, WebP, BMP or GIF file; its content decides which it is, not its name.
  ///
  /// The picture stands upright, as the camera's EXIF orientation says. What is transparent is laid
  /// over white. Palettes, grey, 16-bit and CMYK pixels become 8-bit RGB without regard to colour
  /// profiles; CMYK is taken as light let through, not as ink, as Pillow and browsers take it. Of an animated GIF this is the first frame.
  ///
  /// - Throws: ``PictureError`` when the file cannot be read, is of no such format, has more than
  ///   ``maximumPixelCount`` pixels, is damaged, or ends too early.
  public init(contentsOf path: String) throws(PictureError) {
    try self.init(decoding: FileBytes.read(path), named: path)
  }

  /// Decodes the bytes of a file as `init(contentsOf:)` does.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What error messages call it.
  /// - Throws: ``PictureError`` as `init(contentsOf:)` does.
  public init(decoding bytes: [UInt8], named name: String) throws(PictureError) {
    guard !bytes.isEmpty else { throw .empty(name) }
    guard bytes.count <= FileBytes.limit else { throw .tooManyBytes(name) }
    guard let format = PictureFormat(of: bytes) else { throw .unknownFormat(name) }
    let file = Bytes(bytes)
    let outline = format.outline(of: file)
    guard outline.width <= Self.maximumPixelCount / max(outline.height, 1) else {
      throw .tooLarge(name, width: outline.width, height: outline.height)
    }
    guard !outline.isAnimated else { throw .animated(name, format) }
    if let kind = outline.unread { throw .unreadKind(name, format, kind: kind) }
    guard outline.isWhole else { throw .truncated(name, format) }
    let stored =
      try format == .png
      ? PNGDecoder.picture(file, named: name) : GDDecoder.picture(file, format, named: name)
    self = stored.upright(from: Orientation(exif: outline.exif))
  }
}
