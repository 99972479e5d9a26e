import Imagery
import Testing

/// Maps drawn over the pictures that they are about.
@Suite struct OverlayTests {
  private let photo = Samples.shapes(width: 60, height: 40)

  private func map(
    _ values: [Float], width: Int, height: Int, colors: ColorMap = .viridis
  ) throws -> HeatMap {
    let low: Float = colors == .diverging ? -1 : 0
    return try HeatMap(
      values: values, width: width, height: height, range: low...1, colors: colors)
  }

  private func chroma(_ color: Color?) -> Int {
    guard let color else { return -1 }
    let parts = [color.red, color.green, color.blue].map(Int.init)
    return (parts.max() ?? 0) - (parts.min() ?? 0)
  }

  @Test(arguments: ColorMap.allCases)
  func `a map of zeros leaves the picture in its brightness, with less colour`(
    colors: ColorMap
  ) throws {
    let overlay = try map([0, 0, 0, 0], width: 2, height: 2, colors: colors).overlay(on: photo)
    #expect((overlay.width, overlay.height) == (60, 40))
    for (x, y) in [(0, 0), (30, 10), (55, 35), (59, 0)] {
      let (before, after) = (try #require(photo[x, y]), try #require(overlay[x, y]))
      #expect(abs(Int(before.luma) - Int(after.luma)) <= 1, "(\(x), \(y)): \(before), \(after)")
      #expect(chroma(after) < max(chroma(before) / 2, 1), "(\(x), \(y)): \(before), \(after)")
    }
  }

  @Test func `what the map does not cover is darker`() throws {
    let region = Region(x: 10, y: 0, width: 40, height: 40)
    let overlay = try map([0], width: 1, height: 1).overlay(on: photo, covering: region)
    for (x, isInside) in [(9, false), (10, true), (49, true), (50, false)] {
      let (before, after) = (try #require(photo[x, 20]), try #require(overlay[x, 20]))
      #expect((after.luma + 5 > before.luma) == isInside, "column \(x): \(before), \(after)")
    }
  }

  @Test func `a hot cell is hot where it lies on a picture of another shape`() throws {
    var values = [Float](repeating: 0, count: 49)
    values[5 * 7 + 1] = 1  // row 5, column 1 of 7 × 7
    let region = Region(x: 10, y: 0, width: 40, height: 40)
    let overlay = try map(values, width: 7, height: 7).overlay(on: photo, covering: region)
    var heat: [(Int, Int, Int)] = []
    for y in 0..<40 { for x in 0..<60 { heat.append((chroma(overlay[x, y]), x, y)) } }
    let hottest = try #require(heat.max { $0.0 < $1.0 })
    // Centre of the cell: 10 + 1.5 · 40 / 7 = 18.6 and 5.5 · 40 / 7 = 31.4.
    #expect(abs(hottest.1 - 18) <= 1 && abs(hottest.2 - 31) <= 1, "\(hottest)")
    #expect(chroma(overlay[40, 10]) < 40)
  }

  @Test func `a region may stick out of the picture`() throws {
    let region = Region(x: -60, y: -40, width: 120, height: 80)
    let overlay = try map([0, 0, 0, 1], width: 2, height: 2).overlay(on: photo, covering: region)
    // Only the lower right cell is seen, hottest beyond its centre at (30, 20).
    #expect(chroma(overlay[59, 39]) > chroma(overlay[0, 0]) + 50)
  }

  @Test func `both signs cover, the middle does not`() throws {
    let grey = try Picture(
      width: 30, height: 10, filledWith: Color(red: 120, green: 120, blue: 120))
    let overlay = try map([-1, 0, 1], width: 3, height: 1, colors: .diverging).overlay(on: grey)
    let (low, middle, high) = (
      try #require(overlay[2, 5]), try #require(overlay[14, 5]), try #require(overlay[27, 5])
    )
    #expect(low.blue > low.red && high.red > high.blue, "\(low), \(high)")
    #expect(chroma(middle) < 12, "\(middle)")
  }

  @Test func `more heat covers more`() throws {
    let grey = try Picture(
      width: 64, height: 1, filledWith: Color(red: 120, green: 120, blue: 120))
    let ramp = (0..<64).map { Float($0) / 63 }
    let overlay = try map(ramp, width: 64, height: 1).overlay(on: grey, opacity: 1)
    #expect(overlay[0, 0] == grey[0, 0])
    #expect(overlay[63, 0] == ColorMap.viridis.color(at: 1))
    #expect(chroma(overlay[20, 0]) < chroma(overlay[40, 0]))
  }

  @Test(
    arguments: [
      Region(x: 0, y: 0, width: 0, height: 5), Region(x: 0, y: 0, width: 5, height: -1),
      Region(x: .infinity, y: 0, width: 5, height: 5),
    ])
  func `an empty region is an error`(region: Region) throws {
    let map = try map([0], width: 1, height: 1)
    let error = #expect(throws: HeatMapError.self) {
      try map.overlay(on: photo, covering: region)
    }
    #expect(error == .region(region))
  }

  @Test(arguments: [Float.nan, -0.1, 1.1])
  func `opacity is a fraction`(opacity: Float) throws {
    let map = try map([0], width: 1, height: 1)
    #expect(throws: HeatMapError.self) { try map.overlay(on: photo, opacity: opacity) }
  }
}
