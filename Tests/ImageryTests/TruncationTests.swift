import Imagery
import Testing

/// Files of Pillow's making that end early or are changed inside.
@Suite(.enabled(if: PythonReference.isInstalled, PythonReference.reason))
struct TruncationTests {
  static let files = Result {
    try PythonReference.folder(
      """
      image = photo(60, 80)
      for name in ['a.jpg', 'a.png', 'a.webp', 'a.bmp', 'a.gif']:
        image.save(name)
      image.quantize(16).save('palette.bmp')
      image.save('progressive.jpg', progressive=True)
      stills = [photo(20, 30).rotate(turn) for turn in (0, 90)]
      stills[0].save('moving.webp', save_all=True, append_images=stills[1:])
      jpeg = open('a.jpg', 'rb').read()
      tables = jpeg.index(b'\\xff\\xdb')
      open('stray.jpg', 'wb').write(jpeg[:tables] + b'\\0\\0\\0' + jpeg[tables:])
      truth('stray', Image.open('a.jpg'))
      open('gap.jpg', 'wb').write(jpeg[:len(jpeg) * 2 // 3] + b'\\xff\\xd9')
      """)
  }

  @Test(
    arguments: [
      "a.jpg", "progressive.jpg", "a.png", "a.webp", "a.bmp", "palette.bmp", "a.gif",
    ], [0.1, 0.5, 0.9, 1])
  func `a file that ends early is truncated`(name: String, share: Double) throws {
    let whole = try Self.files.get().bytes(name)
    let format = try #require(PictureFormat(of: whole))
    let part = Array(whole.prefix(Int(Double(whole.count) * share) - (share == 1 ? 1 : 0)))
    let error = #expect(throws: PictureError.self) { try Picture(decoding: part, named: name) }
    #expect(error == .truncated(name, format))
  }

  @Test func `a JPEG with stray bytes between its segments is read`() throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file("stray.jpg"))
    let difference = Difference(picture.pixels, try folder.bytes("stray.rgb"))
    #expect(difference.largest <= 2, "\(difference)")
  }

  @Test func `a JPEG whose scan has a gap is damaged`() throws {
    let bytes = try Self.files.get().bytes("gap.jpg")
    let error = #expect(throws: PictureError.self) { try Picture(decoding: bytes, named: "gap") }
    let message = "Corrupt JPEG data: premature end of data segment"
    #expect(error == .damaged("gap", .jpeg, message: message))
  }

  @Test func `an animated WebP is told apart from a damaged one`() throws {
    let bytes = try Self.files.get().bytes("moving.webp")
    let error = #expect(throws: PictureError.self) { try Picture(decoding: bytes, named: "a") }
    #expect(error == .animated("a", .webP))
  }
}
