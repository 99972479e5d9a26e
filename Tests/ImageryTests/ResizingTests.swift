import Foundation
import Imagery
import TestSupport
import Testing

/// Parity with Pillow's antialiased bilinear resizing, and known answers.
@Suite struct ResizingTests {
  private static let script = """
    image = Image.open(sys.argv[1]).convert('RGB')
    for pair in sys.argv[2:]:
      truth(pair, image.resize(tuple(map(int, pair.split('x'))), Image.BILINEAR))
    """

  private func compare(_ picture: Picture, with sizes: [(Int, Int)]) throws {
    let input = try Folder()
    try input.write(picture.png(), to: "input.png")
    let names = sizes.map { "\($0)x\($1)" }
    let folder = try PythonReference.folder(
      Self.script, arguments: [input.file("input.png")] + names)
    for ((width, height), name) in try paired(sizes, names) {
      let resized = try picture.resized(width: width, height: height)
      #expect((resized.width, resized.height) == (width, height))
      let difference = Difference(resized.pixels, try folder.bytes(name + ".rgb"))
      let label = "\(picture.width)x\(picture.height) to \(name): \(difference)"
      #expect(difference.share(within: 1) >= 0.999, "\(label)")
      #expect(difference.largest <= 3, "\(label)")
    }
  }

  @Test(
    .enabled(if: PythonReference.isInstalled, PythonReference.reason),
    arguments: [(1, 1), (1, 30), (23, 1), (50, 37), (320, 200)])
  func `sizes up and down agree with Pillow`(width: Int, height: Int) throws {
    try compare(
      Samples.shapes(width: width, height: height),
      with: [(1, 1), (1, 40), (19, 1), (7, 7), (224, 224), (41, 300)])
  }

  @Test(
    .enabled(if: PythonReference.isInstalled, PythonReference.reason),
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `a photo agrees with Pillow`() throws {
    let data = try #require(References.data)
    let photo = try Picture(contentsOf: data.appending(path: "photos/cwox/cello_guitar.jpg").path)
    try compare(photo, with: [(224, 224), (341, 256), (32, 20), (1000, 777)])
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
