import Foundation
import Imagery
import Terms
import TestSupport
import Testing

/// Parity with Pillow's resizing, bit for bit, and known answers.
@Suite struct ResizingTests {
  private static let script = """
    image = Image.open(sys.argv[1]).convert('RGB')
    for name in sys.argv[2:]:
      size, filter = name.split('-')
      truth(name, image.resize(tuple(map(int, size.split('x'))), Image.Resampling[filter.upper()]))
    """

  private func compare(
    _ picture: Picture, with sizes: [(Int, Int)],
    by interpolations: [Interpolation] = Interpolation.allCases
  ) throws {
    let input = try Folder()
    try input.write(picture.png(), to: "input.png")
    let wanted = sizes.flatMap { size in interpolations.map { (size, $0) } }
    let names = wanted.map { "\($0.0.0)x\($0.0.1)-\($0.1.rawValue)" }
    let folder = try PythonReference.folder(
      Self.script, arguments: [input.file("input.png")] + names)
    for (((width, height), interpolation), name) in try paired(wanted, names) {
      let resized = try picture.resized(width: width, height: height, by: interpolation)
      #expect((resized.width, resized.height) == (width, height))
      let difference = Difference(resized.pixels, try folder.bytes(name + ".rgb"))
      #expect(
        difference.largest == 0, "\(picture.width)x\(picture.height) to \(name): \(difference)")
    }
  }

  @Test(
    .enabled(if: PythonReference.isInstalled, PythonReference.reason),
    arguments: [(1, 1), (1, 30), (23, 1), (50, 37), (320, 200)])
  func `sizes up and down equal Pillow's by each filter`(width: Int, height: Int) throws {
    try compare(
      Samples.shapes(width: width, height: height),
      with: [(1, 1), (1, 40), (19, 1), (7, 7), (224, 224), (41, 300)])
  }

  @Test(
    .enabled(if: PythonReference.isInstalled, PythonReference.reason),
    arguments: 0..<8 as Range<UInt64>)
  func `noise of any size equals Pillow's at any other by each filter`(seed: UInt64) throws {
    var stream = RandomStream(Seed(seed))
    func side() -> Int { 1 + Int(stream.next() % 97) }
    let (width, height) = (side(), side())
    let picture = try Picture(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { _ in UInt8(stream.next() >> 56) })
    try compare(picture, with: (0..<6).map { _ in (side(), side()) })
  }

  @Test(
    .enabled(if: PythonReference.isInstalled, PythonReference.reason),
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `a photo equals Pillow's`() throws {
    let data = try #require(References.data)
    let photo = try Picture(contentsOf: data.appending(path: "photos/cwox/cello_guitar.jpg").path)
    try compare(photo, with: [(224, 224), (341, 256), (32, 20)])
    try compare(photo, with: [(1000, 777)], by: [.bicubic])
  }

  @Test func `a window may stick out of the picture`() throws {
    let picture = Samples.shapes(width: 5, height: 4)
    let around = Color(red: 1, green: 2, blue: 3)
    let window = try picture.window(x: -2, y: 1, width: 8, height: 5, outside: around)
    for y in 0..<5 {
      for x in 0..<8 { #expect(window[x, y] == picture[x - 2, y + 1] ?? around, "(\(x), \(y))") }
    }
    let far = try picture.window(x: .max, y: .min, width: 2, height: 1, outside: around)
    #expect(far[0, 0] == around && far[1, 0] == around)
  }

  @Test func `halving takes means of neighbours, weighted towards the middle`() throws {
    let row = Samples.picture(width: 4, height: 1) { x, _ in
      Color(red: UInt8(x * 80), green: 0, blue: 255)
    }
    // Weights 3:3:1 at the left end, over pixels 0, 80 and 160; the mirror image at the right.
    let half = try row.resized(width: 2, height: 1)
    #expect(half.pixels == [57, 0, 255, 183, 0, 255])
  }

  @Test func `the same size is the same picture`() throws {
    let picture = Samples.shapes(width: 31, height: 17)
    #expect(try picture.resized(width: 31, height: 17) == picture)
  }

  @Test(arguments: [(0, 5), (5, -1), (1_000_000, 1_000_000)])
  func `no picture has such a size`(width: Int, height: Int) {
    let error = #expect(throws: PictureError.self) {
      try Samples.shapes(width: 3, height: 3).resized(width: width, height: height)
    }
    #expect(error == .size(width: width, height: height))
  }

  @Test func `a crop has the pixels of its part`() throws {
    let picture = Samples.shapes(width: 10, height: 8)
    let part = try picture.cropped(x: 3, y: 2, width: 4, height: 5)
    #expect((part.width, part.height) == (4, 5))
    for y in 0..<5 {
      for x in 0..<4 { #expect(part[x, y] == picture[x + 3, y + 2], "(\(x), \(y))") }
    }
  }

  @Test(arguments: [(-1, 0, 3, 3), (8, 0, 3, 3), (0, 6, 3, 3), (Int.max, 0, 3, 3)])
  func `a crop must lie in the picture`(x: Int, y: Int, width: Int, height: Int) {
    let error = #expect(throws: PictureError.self) {
      try Samples.shapes(width: 10, height: 8).cropped(x: x, y: y, width: width, height: height)
    }
    #expect(
      error
        == .partOutside(x: x, y: y, width: width, height: height, ofWidth: 10, ofHeight: 8))
  }
}
