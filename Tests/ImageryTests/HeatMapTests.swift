import Imagery
import Testing

/// Maps as colours, apart from any picture.
@Suite struct HeatMapTests {
  @Test func `the lowest and the highest number get the ends of the colours`() throws {
    let map = try HeatMap(values: [0, 1, 2, 3], width: 4, height: 1, colors: .viridis)
    #expect(map.range == 0...3)
    let picture = try map.picture(width: 4, height: 1)
    #expect(picture[0, 0] == ColorMap.viridis.color(at: 0))
    #expect(picture[1, 0] == ColorMap.viridis.color(at: 1 / 3))
    #expect(picture[3, 0] == ColorMap.viridis.color(at: 1))
  }

  @Test func `numbers between cells are interpolated`() throws {
    let map = try HeatMap(values: [0, 1], width: 2, height: 1, colors: .inferno)
    let picture = try map.picture(width: 4, height: 1)
    let expected = [0, 0.25, 0.75, 1].map { ColorMap.inferno.color(at: $0) }
    #expect((0..<4).map { picture[$0, 0] } == expected)
  }

  @Test func `a signed map has 0 in the middle of its colours`() throws {
    let map = try HeatMap(values: [-1, 0, 4], width: 3, height: 1, colors: .diverging)
    #expect(map.range == -4...4)
    #expect(try map.picture(width: 3, height: 1)[1, 0] == ColorMap.diverging.color(at: 0.5))
  }

  @Test(arguments: ColorMap.allCases)
  func `a range without width shows the neutral colour`(colors: ColorMap) throws {
    let map = try HeatMap(values: [2, 2], width: 2, height: 1, range: 2...2, colors: colors)
    let neutral = colors.color(at: colors.neutralFraction)
    #expect(try map.picture(width: 2, height: 1)[1, 0] == neutral)
  }

  @Test func `the widest range does not overflow`() throws {
    let most = Float.greatestFiniteMagnitude
    let map = try HeatMap(values: [-most, 0, most], width: 3, height: 1, colors: .diverging)
    let picture = try map.picture(width: 3, height: 1)
    #expect((0..<3).map { picture[$0, 0] } == [0, 0.5, 1].map { ColorMap.diverging.color(at: $0) })
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `numbers that are not finite are an error`(value: Float) {
    let error = #expect(throws: HeatMapError.self) {
      try HeatMap(values: [0, 1, 2, value], width: 2, height: 2, colors: .viridis)
    }
    #expect(error == .notFinite(value.description, x: 1, y: 1))
  }

  @Test func `missing numbers are an error`() {
    let error = #expect(throws: HeatMapError.self) {
      try HeatMap(values: [0, 1, 2], width: 2, height: 2, colors: .viridis)
    }
    #expect(error == .valueCount(3, width: 2, height: 2))
  }
}
