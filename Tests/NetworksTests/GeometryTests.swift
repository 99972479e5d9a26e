import Imagery
import Tensors
import TestSupport
import Testing

@testable import Networks

/// How pictures are cut and resized, and where what is seen lies on them.
@Suite struct GeometryTests {
  func preprocessing(_ resize: Preprocessing.Resize, _ size: Int, _ crop: Float) -> Preprocessing {
    Preprocessing(
      height: size, width: size, channels: 3, channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1],
      resize: resize, crop: crop)
  }

  @Test func `the shorter side goes to size over crop, the longer in proportion`() {
    let plan = preprocessing(.shorterSide, 224, 0.875).geometry(
      pictureWidth: 1280, pictureHeight: 720)
    #expect(plan == InputGeometry(455, 256, 116, 16, 224))
    let upright = preprocessing(.shorterSide, 224, 0.875).geometry(
      pictureWidth: 333, pictureHeight: 500)
    #expect(upright == InputGeometry(256, 384, 16, 80, 224))
  }

  /// Python's `round(57.5)` and `round(58.5)` are both 58.
  @Test(arguments: [
    (339, 58, 57), (341, 58, 58), (340, 58, 58), (224, 0, 0), (225, 0, 0), (227, 2, 1),
  ])
  func `half an odd margin is rounded to even, or down by the other convention`(
    width: Int, even: Int, floor: Int
  ) {
    var input = preprocessing(.shorterSide, 224, 1)
    #expect(input.geometry(pictureWidth: width, pictureHeight: 224).left == even)
    input.convention = .floor
    #expect(input.geometry(pictureWidth: width, pictureHeight: 224).left == floor)
  }

  @Test func `the longer side goes to size over crop, and what is missing is filled`() throws {
    var input = preprocessing(.longerSide, 4, 1)
    let plan = input.geometry(pictureWidth: 8, pictureHeight: 2)
    #expect(plan == InputGeometry(4, 1, 0, -1, 4))
    input.fill = [1, 0, 0.5]
    let picture = try Picture(width: 4, height: 1, pixels: Array(repeating: 9, count: 12))
    let cut = try input.cut(picture)
    #expect(cut[0, 0] == Color(red: 255, green: 0, blue: 128))
    #expect(cut[3, 1] == Color(red: 9, green: 9, blue: 9))
    #expect(cut[3, 2] == cut[0, 0] && cut[0, 3] == cut[0, 0])
    input.channelOrder = .bgr
    #expect(try input.cut(picture)[0, 0] == Color(red: 128, green: 0, blue: 255))
    input.fill = nil
    input.mean = [0.1, 0.2, 0.3]
    #expect(try input.cut(picture)[0, 0] == Color(red: 76, green: 51, blue: 26))
  }

  @Test(arguments: [(16, 6), (5, 30), (12, 12), (7, 9)])
  func `what is seen is where a map is drawn, whatever fits the picture`(size: (Int, Int)) throws {
    let picture = try Picture(
      width: size.0, height: size.1, pixels: Array(repeating: 100, count: size.0 * size.1 * 3))
    for view in [Preprocessing.View.whole, .squash] {
      var input = preprocessing(.shorterSide, 12, 0.5)
      (input.view, input.fill) = (view, [0, 0, 0])
      let seen = input.region(of: picture)
      let cut = try input.cut(picture)
      // A place of the input shows the picture just where its middle lies in it.
      for y in 0..<12 {
        for x in 0..<12 {
          let (px, py) = (
            seen.x + (Double(x) + 0.5) / 12 * seen.width,
            seen.y + (Double(y) + 0.5) / 12 * seen.height
          )
          let isIn =
            px >= 0 && py >= 0 && px <= Double(size.0) && py <= Double(size.1)
          #expect((cut[x, y]?.red == 100) == isIn, "\(size), \(view): (\(x), \(y))")
        }
      }
      #expect(view == .whole || seen == Region(of: picture))
    }
  }

  @Test func `squashing ignores the shape`() {
    let plan = preprocessing(.squash, 32, 1).geometry(pictureWidth: 500, pictureHeight: 100)
    #expect(plan == InputGeometry(32, 32, 0, 0, 32))
  }

  @Test(arguments: [(1, 1), (1, 4000), (4000, 1), (223, 225), (17, 31)])
  func `whatever the picture, the cut lies inside`(size: (Int, Int)) {
    for resize in [Preprocessing.Resize.shorterSide, .squash] {
      let plan = preprocessing(resize, 224, 0.9).geometry(
        pictureWidth: size.0, pictureHeight: size.1)
      #expect(plan.left >= 0 && plan.left + plan.width <= plan.resizedWidth)
      #expect(plan.top >= 0 && plan.top + plan.height <= plan.resizedHeight)
    }
  }

  @Test func `levels are divided by 255 to the last digit, and bytes stay whole`() throws {
    // torchvision's ToTensor divides. A product with 1/255 differs from the quotient at 126 levels.
    let picture = try Picture(
      width: 16, height: 16, pixels: (0..<256).flatMap { [UInt8($0), UInt8($0), UInt8($0)] })
    var input = preprocessing(.squash, 16, 1)
    let levels = (0..<3).flatMap { _ in (0..<256).map { Float($0) } }
    #expect(try input.input(from: picture).floats() == levels.map { $0 / 255 })
    input.std = Array(repeating: 1 / 255, count: 3)
    #expect(try input.input(from: picture).floats() == levels)
  }

  @Test func `inputs are normalised by channel, in the order asked for`() throws {
    var input = preprocessing(.squash, 1, 1)
    input.mean = [0.1, 0.2, 0.3]
    input.std = [0.5, 0.25, 2]
    let picture = try Picture(width: 1, height: 1, pixels: [255, 51, 0])
    expectClose(
      try input.input(from: picture).floats(), [0.9 / 0.5, 0, -0.15], within: 1e-6)
    input.channelOrder = .bgr
    expectClose(
      try input.input(from: picture).floats(), [-0.1 / 0.5, 0, 0.7 / 2], within: 1e-6)
  }

  @Test(arguments: [Preprocessing.ChannelOrder.rgb, .bgr])
  func `an input shows the picture that it was made of`(order: Preprocessing.ChannelOrder) throws {
    var input = preprocessing(.squash, 1, 1)
    (input.mean, input.std, input.channelOrder) = ([0.1, 0.2, 0.3], [0.5, 0.25, 2], order)
    let picture = try Picture(width: 1, height: 2, pixels: [255, 51, 0, 3, 250, 77])
    #expect(try input.picture(from: input.input(fromCut: picture)) == picture)
    let grey = try ToyNetworks.card(height: 2, width: 1, labels: ["a", "b"]).input
    let shown = try grey.picture(from: grey.input(fromCut: picture))
    let lumas = [0, 1].compactMap { picture[0, $0]?.luma }
    #expect(shown.pixels == lumas.flatMap { [$0, $0, $0] })
  }
}

extension InputGeometry {
  fileprivate init(_ width: Int, _ height: Int, _ left: Int, _ top: Int, _ side: Int) {
    self.init(
      resizedWidth: width, resizedHeight: height, left: left, top: top, width: side, height: side)
  }
}
