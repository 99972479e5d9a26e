/// A file format of pictures.
public enum PictureFormat: String, CaseIterable, Sendable {
  case jpeg = "JPEG"
  case png = "PNG"
  case webP = "WebP"
  case gif = "GIF"
  case bmp = "BMP"

  /// The format that bytes begin like; `nil` when it is none of these.
  public init?(of bytes: [UInt8]) {
    let bytes = Bytes(bytes)
    if bytes.has([0xFF, 0xD8, 0xFF], at: 0) {
      self = .jpeg
    } else if bytes.has(PNGFile.signature, at: 0) {
      self = .png
    } else if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) {
      self = .webP
    } else if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) {
      self = .gif
    } else if bytes.has("BM", at: 0) {
      self = .bmp
    } else {
      return nil
    }
  }

  /// All formats, for sentences.
  static var list: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// What the file says about its picture before any of it is decoded.
  func outline(of bytes: Bytes) -> Outline {
    switch self {
    case .jpeg: JPEGFile.outline(of: bytes)
    case .png: PNGFile.outline(of: bytes)
    case .webP: WebPFile.outline(of: bytes)
    case .gif: GIFFile.outline(of: bytes)
    case .bmp: BMPFile.outline(of: bytes)
    }
  }
}

/// What a picture file says about its picture.
struct Outline {
  /// Pixels in a row; 0 where the file ends before it says.
  var width = 0
  /// Rows; 0 where the file ends before it says.
  var height = 0
  /// Whether the structure of the file is there to its end.
  var isWhole = false
  /// Whether there are several frames that the decoder cannot read.
  var isAnimated = false
  /// What of it no decoder here reads, in a few words.
  var unread: String?
  /// The camera's notes, a TIFF block.
  var exif: ArraySlice<UInt8> = []
}
