internal import CExif

/// How a camera was held: where the upright picture's top left lies in the stored one.
///
/// Raw values are those of the EXIF tag 0x0112.
enum Orientation: Int {
  case upright = 1
  case mirrored, upsideDown, flipped
  case transposed, turnedLeft, transversed, turnedRight

  /// The orientation in a block of EXIF notes; upright where they do not say.
  init(exif: ArraySlice<UInt8>) {
    self = Self.tag(exif).flatMap(Orientation.init) ?? .upright
  }

  private static func tag(_ exif: ArraySlice<UInt8>) -> Int? {
    guard !exif.isEmpty, exif.count < 1 << 24, let data = exif_data_new() else { return nil }
    defer { exif_data_unref(data) }
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION)
    let block = Array("Exif\0\0".utf8) + exif
    exif_data_load_data(data, block, UInt32(block.count))
    guard let entry = exif_content_get_entry(data.pointee.ifd.0, EXIF_TAG_ORIENTATION),
      entry.pointee.format == EXIF_FORMAT_SHORT, entry.pointee.size >= 2
    else { return nil }
    return Int(exif_get_short(entry.pointee.data, exif_data_get_byte_order(data)))
  }
}

extension Picture {
  /// The picture turned and mirrored so that it stands upright.
  func upright(from orientation: Orientation) -> Picture {
    let right = width - 1
    let bottom = height - 1
    return switch orientation {
    case .upright: self
    case .mirrored: arranged { x, y in (right - x, y) }
    case .upsideDown: arranged { x, y in (right - x, bottom - y) }
    case .flipped: arranged { x, y in (x, bottom - y) }
    case .transposed: arrangedOnSide { x, y in (y, x) }
    case .turnedLeft: arrangedOnSide { x, y in (y, bottom - x) }
    case .transversed: arrangedOnSide { x, y in (right - y, bottom - x) }
    case .turnedRight: arrangedOnSide { x, y in (right - y, x) }
    }
  }

  private func arranged(_ source: (Int, Int) -> (Int, Int)) -> Picture {
    rearranged(width: width, height: height, source)
  }

  private func arrangedOnSide(_ source: (Int, Int) -> (Int, Int)) -> Picture {
    rearranged(width: height, height: width, source)
  }

  private func rearranged(
    width newWidth: Int, height newHeight: Int, _ source: (Int, Int) -> (Int, Int)
  ) -> Picture {
    pixels.withUnsafeBufferPointer { old in
      Picture(width: newWidth, height: newHeight) { x, y in
        let (oldX, oldY) = source(x, y)
        let at = (oldY * width + oldX) * 3
        return Color(red: old[at], green: old[at + 1], blue: old[at + 2])
      }
    }
  }
}
