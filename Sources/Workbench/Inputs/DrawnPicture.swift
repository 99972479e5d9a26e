internal import Files
internal import Foundation
internal import Imagery

/// A simple picture that Rather draws, for people who have none at hand: shapes of one colour, one over another.
struct DrawnPicture: Sendable {
  /// A shape on a square whose sides are 1, from the upper left.
  struct Shape: Sendable {
    let color: UInt32
    let holds: @Sendable (_ x: Double, _ y: Double) -> Bool

    static func all(_ color: UInt32) -> Shape { Shape(color: color) { _, _ in true } }

    static func circle(_ color: UInt32, _ x: Double, _ y: Double, _ radius: Double) -> Shape {
      Shape(color: color) { hypot($0 - x, $1 - y) <= radius }
    }

    static func box(
      _ color: UInt32, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) -> Shape {
      Shape(color: color) { x.contains($0) && y.contains($1) }
    }

    /// A line with round ends.
    static func line(
      _ color: UInt32, _ x: Double, _ y: Double, to toX: Double, _ toY: Double, _ width: Double
    ) -> Shape {
      let (dx, dy) = (toX - x, toY - y)
      return Shape(color: color) { px, py in
        let along = min(max(((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy), 0), 1)
        return hypot(px - x - along * dx, py - y - along * dy) <= width / 2
      }
    }

    /// A triangle that stands on a level side.
    static func roof(
      _ color: UInt32, _ x: ClosedRange<Double>, top: Double, bottom: Double
    ) -> Shape {
      let (middle, half) = ((x.lowerBound + x.upperBound) / 2, (x.upperBound - x.lowerBound) / 2)
      return Shape(color: color) { px, py in
        (top...bottom).contains(py) && abs(px - middle) <= half * (py - top) / (bottom - top)
      }
    }
  }

  let name: String
  let shapes: [Shape]

  private static let side = 224
  /// Samples of a pixel in a row and in a column.
  private static let samples = 2

  /// Draws all to a folder, and gives its path.
  static func drawAll(in folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for one in all { try WholeFile.write(one.picture().png(), to: "\(folder)/\(one.name).png") }
    return folder
  }

  /// The picture; each pixel is the mean of some samples.
  func picture() throws -> Picture {
    let (side, samples) = (Self.side, Self.samples)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for place in 0..<side * side {
      var sums: [UInt32] = [0, 0, 0]
      for sample in 0..<samples * samples {
        let x = Double(place % side * samples + sample % samples) + 0.5
        let y = Double(place / side * samples + sample / samples) + 0.5
        let color = color(x / Double(side * samples), y / Double(side * samples))
        for channel in 0..<3 {
          let shift = UInt32(16 - 8 * channel)
          sums[channel] += (color >> shift) & 255
        }
      }
      pixels += sums.map { UInt8($0 / UInt32(samples * samples)) }
    }
    return try Picture(width: side, height: side, pixels: pixels)
  }

  private func color(_ x: Double, _ y: Double) -> UInt32 {
    shapes.last { $0.holds(x, y) }?.color ?? 0xFFFFFF
  }
}

extension DrawnPicture {
  /// What is offered.
  static var all: [DrawnPicture] { [ball, digit, flower, house, light, stripes] }

  private static let ball = DrawnPicture(
    name: "drawn-ball",
    shapes: [
      .all(0x9CCBF0), .box(0x5C9E4A, 0...1, 0.62...1), .circle(0x44803A, 0.5, 0.86, 0.14),
      .circle(0xD8432F, 0.5, 0.62, 0.26), .circle(0xE8695A, 0.44, 0.55, 0.15),
      .circle(0xF7B9AF, 0.41, 0.5, 0.05),
    ])
  private static let digit = DrawnPicture(
    name: "drawn-digit",
    shapes: [
      .all(0x000000), .line(0xFFFFFF, 0.3, 0.25, to: 0.7, 0.25, 0.09),
      .line(0xFFFFFF, 0.7, 0.25, to: 0.45, 0.8, 0.09),
    ])
  private static let flower: DrawnPicture = {
    var shapes: [Shape] = [
      .all(0xDCEBD3), .line(0x3C7A37, 0.5, 0.5, to: 0.5, 0.98, 0.035),
      .line(0x4F9447, 0.5, 0.84, to: 0.68, 0.72, 0.07),
    ]
    for petal in 0..<10 {
      let angle = Double(petal) * .pi / 5
      let (x, y) = (0.5 + 0.2 * cos(angle), 0.38 + 0.2 * sin(angle))
      shapes.append(.circle(0xF2C21B, x, y, 0.085))
    }
    shapes.append(.circle(0x6B3F1D, 0.5, 0.38, 0.15))
    return DrawnPicture(name: "drawn-flower", shapes: shapes)
  }()
  private static let house = DrawnPicture(
    name: "drawn-house",
    shapes: [
      .all(0xB5D8F5), .box(0x7DAF62, 0...1, 0.78...1), .circle(0xF6D84C, 0.84, 0.17, 0.09),
      .box(0xE9DFC8, 0.24...0.76, 0.46...0.84),
      .roof(0xA4442F, 0.16...0.84, top: 0.2, bottom: 0.47),
      .box(0x6E4A2E, 0.44...0.56, 0.62...0.84), .box(0x5E86A8, 0.3...0.4, 0.56...0.68),
      .box(0x5E86A8, 0.6...0.7, 0.56...0.68),
    ])
  private static let light = DrawnPicture(
    name: "drawn-traffic-light",
    shapes: [
      .all(0xC9D6DE), .box(0x55595E, 0.47...0.53, 0.7...1), .box(0x26292C, 0.36...0.64, 0.1...0.76),
      .circle(0xE23A2E, 0.5, 0.23, 0.085), .circle(0x6E5A1E, 0.5, 0.43, 0.085),
      .circle(0x1F5230, 0.5, 0.63, 0.085),
    ])
  private static let stripes = DrawnPicture(
    name: "drawn-stripes",
    shapes: [
      .all(0xF4F4F0),
      Shape(color: 0x222222) { x, y in Int(((x + 0.35 * y) * 11).rounded(.down)) % 2 == 0 },
    ])
}
