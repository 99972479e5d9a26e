internal import CGD

/// Decodes JPEG, WebP, BMP and GIF files through libgd.
enum GDDecoder {
  static func picture(
    _ file: Bytes, _ format: PictureFormat, named name: String
  ) throws(PictureError) -> Picture {
    let bytes = format == .jpeg ? JPEGFile.withMarkerOfInks(file).all : file.all
    let (image, messages) = GDMessages.during { decode(bytes, format) }
    defer { if let image { gdImageDestroy(image) } }
    if let loss = messages.first(where: tellsOfLoss) {
      throw .damaged(name, format, message: loss)
    }
    guard let image, let picture = picture(of: image) else {
      throw .damaged(name, format, message: messages.first ?? "its pixels cannot be decoded")
    }
    return picture
  }

  private static func decode(_ bytes: [UInt8], _ format: PictureFormat) -> gdImagePtr? {
    bytes.withUnsafeBytes { buffer in
      // libgd takes a pointer it may write to, but only reads.
      let data = UnsafeMutableRawPointer(mutating: buffer.baseAddress)
      let count = Int32(clamping: buffer.count)
      return switch format {
      // Warnings are to be heard: 0. libgd returns the picture all the same.
      case .jpeg: gdImageCreateFromJpegPtrEx(count, data, 0)
      case .png: nil  // PNGDecoder's
      case .webP: gdImageCreateFromWebpPtr(count, data)
      case .gif: gdImageCreateFromGifPtr(count, data)
      case .bmp: gdImageCreateFromBmpPtr(count, data)
      }
    }
  }

  /// Whether a warning means that part of the picture is invented; stray bytes are harmless.
  private static func tellsOfLoss(_ message: String) -> Bool {
    let text = message.lowercased()
    return text.contains("premature end") || text.contains("bad huffman code")
  }

  private static func picture(of image: gdImagePtr) -> Picture? {
    let width = Int(image.pointee.sx)
    let height = Int(image.pointee.sy)
    guard gdImagePaletteToTrueColor(image) != 0, let rows = image.pointee.tpixels else {
      return nil
    }
    return Picture(width: width, height: height) { x, y in
      guard let row = rows[y] else { return Color(red: 255, green: 255, blue: 255) }
      return overWhite(UInt32(bitPattern: row[x]))
    }
  }

  /// The colour of libgd's pixel, seven bits of transparency above three bytes, over white.
  private static func overWhite(_ pixel: UInt32) -> Color {
    let color = Color(
      red: UInt8(pixel >> 16 & 0xFF), green: UInt8(pixel >> 8 & 0xFF), blue: UInt8(pixel & 0xFF))
    return color.overWhite(opacity: 127 - (pixel >> 24 & 0x7F), of: 127)
  }
}

extension Color {
  /// The colour as seen before white, where it lets some through.
  func overWhite(opacity: UInt32, of whole: UInt32) -> Color {
    if opacity == whole { return self }
    func part(_ value: UInt8) -> UInt8 {
      UInt8((UInt32(value) * opacity + 255 * (whole - opacity) + whole / 2) / whole)
    }
    return Color(red: part(red), green: part(green), blue: part(blue))
  }
}
