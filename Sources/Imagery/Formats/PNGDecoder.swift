internal import CPNG

/// Decodes PNG files through libpng itself.
///
/// libgd could, but keeps only seven bits of alpha and lets libpng write to standard error, for
/// every interlaced picture among others.
enum PNGDecoder {
  static func picture(_ file: Bytes, named name: String) throws(PictureError) -> Picture {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    let essentials = PNGFile.essentials(of: file)
    let picture = essentials.withUnsafeBytes { bytes in
      png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) == 0
        ? nil : decode(&image)
    }
    guard let picture else { throw .damaged(name, .png, message: message(of: image)) }
    return picture
  }

  private static func decode(_ image: inout png_image) -> Picture? {
    let isDeep = image.format & PNG_FORMAT_FLAG_LINEAR != 0
    return isDeep ? deepPicture(&image) : shallowPicture(&image)
  }

  private static func shallowPicture(_ image: inout png_image) -> Picture? {
    samples(&image, UInt8.self, flags: 0).map { samples in
      picture(of: image) { at in
        Color(red: samples[at], green: samples[at + 1], blue: samples[at + 2])
          .overWhite(opacity: UInt32(samples[at + 3]), of: 255)
      }
    }
  }

  /// Of 16-bit samples, which libpng takes for linear light and so leaves as they are, but multiplies
  /// by alpha; as sRGB it would decode interlaced ones wrongly (1.6.39).
  private static func deepPicture(_ image: inout png_image) -> Picture? {
    samples(&image, UInt16.self, flags: PNG_FORMAT_FLAG_LINEAR).map { samples in
      picture(of: image) { at in
        func part(_ offset: Int) -> UInt8 {
          let sum = Int(samples[at + offset]) + 65535 - Int(samples[at + 3])
          return UInt8((min(sum, 65535) + 128) / 257)
        }
        return Color(red: part(0), green: part(1), blue: part(2))
      }
    }
  }

  /// Red, green, blue and opacity of each pixel.
  private static func samples<Sample: FixedWidthInteger>(
    _ image: inout png_image, _ type: Sample.Type, flags: UInt32
  ) -> [Sample]? {
    image.format = PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA | flags
    var samples = [Sample](repeating: 0, count: Int(image.width) * Int(image.height) * 4)
    return png_image_finish_read(&image, nil, &samples, 0, nil) == 0 ? nil : samples
  }

  private static func picture(of image: png_image, _ color: (_ at: Int) -> Color) -> Picture {
    let width = Int(image.width)
    return Picture(width: width, height: Int(image.height)) { x, y in color((y * width + x) * 4) }
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { text in
      String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
