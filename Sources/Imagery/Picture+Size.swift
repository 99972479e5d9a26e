extension Picture {
  /// The size that a picture has once it stands upright, as the beginning of its file says it; nothing is decoded.
  ///
  /// A PNG file that says only behind its pixels how the camera was held is taken as it lies.
  ///
  /// - Throws: ``PictureError`` where the file cannot be read, is of no known format, or does not say.
  public static func size(ofFile path: String) throws(PictureError) -> (width: Int, height: Int) {
    // Cameras put notes and a thumbnail of up to 64 kB before the size, and some programs much more.
    for most in [1 << 16, 1 << 22] {
      let bytes = try FileBytes.read(path, atMost: most)
      guard !bytes.isEmpty else { throw .empty(path) }
      guard let format = PictureFormat(of: bytes) else { throw .unknownFormat(path) }
      let outline = format.outline(of: Bytes(bytes))
      if outline.width > 0, outline.height > 0 {
        let isOnSide = Orientation(exif: outline.exif).rawValue >= Orientation.transposed.rawValue
        return isOnSide ? (outline.height, outline.width) : (outline.width, outline.height)
      }
      if bytes.count < most { throw .truncated(path, format) }
    }
    throw .unreadable(path, reason: "its beginning does not say how large it is")
  }
}
