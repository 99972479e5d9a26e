import Foundation
import Imagery
import Testing

/// Published colours and what makes a colour map fit for reading numbers.
@Suite struct ColorMapTests {
  @Test(
    arguments: zip(
      [ColorMap.viridis, .inferno],
      [["#440154", "#21918c", "#fde725"], ["#000004", "#bc3754", "#fcffa4"]]))
  func `colours are the published ones`(map: ColorMap, expected: [String]) {
    #expect([0, 0.5, 1].map { map.color(at: $0).description } == expected)
  }

  // Moreland's table gives 59 76 192, 221 221 221 and 180 4 38; our constants are its rounded ones.
  @Test(
    arguments: zip(
      [0, 0.5, 1] as [Float],
      [
        Color(red: 59, green: 76, blue: 192), Color(red: 221, green: 221, blue: 221),
        Color(red: 180, green: 4, blue: 38),
      ]))
  func `the diverging map is cool, neutral and warm`(fraction: Float, expected: Color) {
    let color = ColorMap.diverging.color(at: fraction)
    let difference = Difference(
      [color.red, color.green, color.blue], [expected.red, expected.green, expected.blue])
    #expect(difference.largest <= 2, "\(color) at \(fraction): \(difference)")
  }

  @Test(arguments: [ColorMap.viridis, .inferno])
  func `lightness grows from colour to colour`(map: ColorMap) {
    let lightness = (0..<256).map { Self.lightness(map.color(at: (Float($0) + 0.5) / 256)) }
    // Rounded to bytes, two neighbours of viridis may be equally light; every other one grows.
    for i in 2..<256 {
      #expect(lightness[i] > lightness[i - 2], "\(map) at \(i)")
    }
  }

  @Test func `the diverging map is lightest in the middle and even on both sides`() {
    let lightness = (0...256).map {
      Self.lightness(ColorMap.diverging.color(at: Float($0) / 256))
    }
    #expect(lightness.max() == lightness[128])
    for i in 0..<128 {
      let (left, right) = (lightness[i], lightness[256 - i])
      #expect(abs(left - right) < 1, "\(i): \(left) and \(right)")
      #expect(lightness[i] < lightness[i + 1] + 0.3, "\(i)")  // bytes are coarse
    }
    #expect(lightness[128] - lightness[0] > 40)
  }

  @Test(arguments: ColorMap.allCases)
  func `fractions outside count as the nearer end`(map: ColorMap) {
    #expect(map.color(at: -5) == map.color(at: 0))
    #expect(map.color(at: .infinity) == map.color(at: 1))
    #expect(map.color(at: .nan) == map.color(at: 0))
    #expect(map.color(at: 0) != map.color(at: 1))
  }

  @Test(arguments: ColorMap.allCases)
  func `a legend runs from the lowest to the highest colour`(map: ColorMap) throws {
    let lying = try map.legend(width: 300, height: 8)
    #expect(lying[0, 4] == map.color(at: 0) && lying[299, 4] == map.color(at: 1))
    let standing = try map.legend(width: 8, height: 300)
    #expect(standing[4, 299] == map.color(at: 0) && standing[4, 0] == map.color(at: 1))
    #expect(standing[4, 150] != standing[4, 0])
  }

  /// L* of CIELAB.
  static func lightness(_ color: Color) -> Double {
    func linear(_ byte: UInt8) -> Double {
      let part = Double(byte) / 255
      return part > 0.04045 ? pow((part + 0.055) / 1.055, 2.4) : part / 12.92
    }
    let y =
      0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27
  }
}
