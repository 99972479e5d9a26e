import Testing

@testable import Imagery

/// Known answers and invariants of superpixels.
@Suite struct SuperpixelTests {
  /// A picture of four plain quarters, split off centre.
  static func quarters() throws -> Picture {
    let colors = [
      Color(red: 250, green: 20, blue: 20), Color(red: 20, green: 200, blue: 40),
      Color(red: 30, green: 30, blue: 240), Color(red: 240, green: 240, blue: 60),
    ]
    try Picture.check(width: 60, height: 50)
    return Picture(width: 60, height: 50) { x, y in
      colors[(y < 21 ? 0 : 2) + (x < 33 ? 0 : 1)]
    }
  }

  @Test func `colours in CIELAB are those of the standard`() throws {
    let picture = try Picture(
      width: 4, height: 1, pixels: [255, 255, 255, 255, 0, 0, 0, 0, 255, 0, 0, 0])
    let known: [(Double, Double, Double)] = [
      (100, 0, 0), (53.24, 80.09, 67.20), (32.30, 79.19, -107.86), (0, 0, 0),
    ]
    let found = picture.labPlanes
    for (i, color) in known.enumerated() {
      // The published values have two decimals.
      #expect(abs(found[i] - color.0) < 0.02)
      #expect(abs(found[4 + i] - color.1) < 0.02)
      #expect(abs(found[8 + i] - color.2) < 0.02)
    }
  }

  @Test(arguments: Superpixels.Method.allCases, [1, 4, 30, 200])
  func `every part has pixels and every pixel a part`(method: Superpixels.Method, n: Int) throws {
    let picture = try Self.quarters()
    let parts = Superpixels(of: picture, about: n, by: method)
    #expect(parts.labels.count == 60 * 50)
    #expect(Set(parts.labels) == Set(0..<parts.count))
    // What “about” means: small parts are joined to their neighbours, and there are four hills.
    #expect(parts.count >= max(1, n / 2) && parts.count <= max(6, n * 3 / 2))
    #expect(Superpixels(of: picture, about: n, by: method) == parts)
  }

  @Test(arguments: [Superpixels.Method.slic, .quickshift])
  func `no part holds two plain colours`(method: Superpixels.Method) throws {
    let picture = try Self.quarters()
    let parts = Superpixels(of: picture, about: 12, by: method)
    var colors = [Set<Color>](repeating: [], count: parts.count)
    for (i, label) in parts.labels.enumerated() {
      colors[label].insert(try #require(picture[i % 60, i / 60]))
    }
    #expect(colors.allSatisfy { $0.count == 1 })
  }

  @Test func `a grid is cut by place alone`() throws {
    let parts = Superpixels(of: try Self.quarters(), about: 30, by: .grid)
    #expect(parts.count == 30)
    #expect(parts.labels[0] == 0 && parts.labels[9] == 0 && parts.labels[10] == 1)
    #expect(parts.labels[60 * 10] == 6)
    #expect(parts.isBorder(x: 9, y: 0) && !parts.isBorder(x: 8, y: 0))
    #expect(parts.isBorder(x: 0, y: 9) && !parts.isBorder(x: 59, y: 49))
  }

  @Test func `a picture of one pixel is one part`() throws {
    let picture = try Picture(width: 1, height: 1, pixels: [1, 2, 3])
    for method in Superpixels.Method.allCases {
      #expect(Superpixels(of: picture, about: 60, by: method).count == 1)
    }
  }
}
