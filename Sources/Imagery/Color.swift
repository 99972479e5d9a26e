/// A colour of the sRGB space.
public struct Color: Hashable, Sendable {
  /// How much red.
  public var red: UInt8
  /// How much green.
  public var green: UInt8
  /// How much blue.
  public var blue: UInt8

  /// A colour of three parts.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The brightness as Pillow's mode `L` has it: ITU-R 601-2 luma in 16-bit fixed point.
  public var luma: UInt8 {
    let sum: UInt32 = UInt32(red) * 19595 + UInt32(green) * 38470
    return UInt8((sum + UInt32(blue) * 7471 + 0x8000) >> 16)
  }
}

extension Color: CustomStringConvertible {
  /// The colour as `#rrggbb`.
  public var description: String {
    let digits = [red, green, blue].map { (byte: UInt8) in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "#" + digits.joined()
  }
}
