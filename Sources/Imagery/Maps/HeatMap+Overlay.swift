extension HeatMap {
  /// The map drawn over the picture that it is about, as large as the picture.
  ///
  /// The picture loses most of its colour. Heat covers it the more, the further a number is from
  /// saying nothing, so what is not evidence stays readable as picture. What the map does not cover
  /// is darker. Between the numbers of the map, it is interpolated bilinearly.
  ///
  /// - Parameters:
  ///   - picture: What the map is about.
  ///   - region: The part of the picture that the map covers; all of it where `nil`.
  ///   - opacity: How much the strongest heat covers, from 0 to 1.
  /// - Throws: ``HeatMapError`` when the region is empty or the opacity no fraction.
  public func overlay(
    on picture: Picture, covering region: Region? = nil, opacity: Float = 0.7
  ) throws(HeatMapError) -> Picture {
    try overlay(onMuted: picture.muted, covering: region, opacity: opacity)
  }

  /// The same over a picture that has lost most of its colour already, for several maps over one picture.
  package func overlay(
    onMuted picture: Picture, covering region: Region? = nil, opacity: Float = 0.7
  ) throws(HeatMapError) -> Picture {
    let region = region ?? Region(of: picture)
    guard region.isSound else { throw .region(region) }
    guard opacity >= 0, opacity <= 1 else { throw .opacity(opacity) }
    let columns = lattice(picture.width, region.x, region.width, width)
    let rows = lattice(picture.height, region.y, region.height, height)
    let table = colors.table
    return picture.pixels.withUnsafeBufferPointer { bytes in
      Picture(width: picture.width, height: picture.height) { x, y in
        let at = (y * picture.width + x) * 3
        let pixel = Color(red: bytes[at], green: bytes[at + 1], blue: bytes[at + 2])
        guard let column = columns[x], let row = rows[y] else {
          return pixel.mixed(with: .black, share: Self.dimming)
        }
        let fraction = fraction(of: value(column, row))
        let heat = table[ColorMap.index(at: fraction, in: table.count)]
        return pixel.mixed(
          with: heat, share: opacity * Self.cover(magnitude(ofFraction: fraction)))
      }
    }
  }

  /// The map alone, its numbers as colours, interpolated bilinearly.
  ///
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size.
  public func picture(width: Int, height: Int) throws(PictureError) -> Picture {
    try Picture.check(width: width, height: height)
    let columns = lattice(width, 0, Double(width), self.width)
    let rows = lattice(height, 0, Double(height), self.height)
    let table = colors.table
    return Picture(width: width, height: height) { x, y in
      guard let column = columns[x], let row = rows[y] else { return table[0] }
      return table[ColorMap.index(at: fraction(of: value(column, row)), in: table.count)]
    }
  }

  /// How much of what the map does not cover is taken away.
  static let dimming: Float = 0.4

  /// What share of the opacity a magnitude gets: little for weak heat, most from the half up.
  static func cover(_ magnitude: Float) -> Float {
    magnitude * magnitude * (3 - 2 * magnitude)
  }

  private func lattice(
    _ pixelCount: Int, _ start: Double, _ length: Double, _ count: Int
  ) -> [Lattice.Place?] {
    Lattice(pixelCount: pixelCount, start: start, length: length, count: count).places
  }
}

extension Picture {
  /// The picture with a tenth of its colourfulness left, as maps are drawn over it.
  package var muted: Picture {
    pixels.withUnsafeBufferPointer { bytes in
      Picture(width: width, height: height) { x, y in
        let at = (y * width + x) * 3
        return Color(red: bytes[at], green: bytes[at + 1], blue: bytes[at + 2]).desaturated
      }
    }
  }
}

extension Color {
  static let black = Color(red: 0, green: 0, blue: 0)

  /// The colour with a tenth of its colourfulness left.
  var desaturated: Color {
    let grey = luma
    return mixed(with: Color(red: grey, green: grey, blue: grey), share: 0.9)
  }

  /// The colour with a share of it replaced by another.
  func mixed(with other: Color, share: Float) -> Color {
    func part(_ a: UInt8, _ b: UInt8) -> UInt8 {
      byte(Float(a) * (1 - share) + Float(b) * share)
    }
    return Color(
      red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
  }
}
