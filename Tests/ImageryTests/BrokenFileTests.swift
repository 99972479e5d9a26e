import Imagery
import Testing

/// Files that are no whole pictures are errors that say so.
@Suite struct BrokenFileTests {
  private func error(_ bytes: [UInt8]) -> PictureError? {
    #expect(throws: PictureError.self) { try Picture(decoding: bytes, named: "photo") }
  }

  @Test func `a missing file is named`() {
    let path = "/nowhere/photo.jpg"
    let error = #expect(throws: PictureError.self) { try Picture(contentsOf: path) }
    #expect(error == .missing(path))
    #expect(error?.description == "/nowhere/photo.jpg: there is no such file; check the path")
  }

  @Test func `a folder is no picture`() throws {
    let folder = try Folder()
    let error = #expect(throws: PictureError.self) { try Picture(contentsOf: folder.path) }
    #expect(error == .folder(folder.path))
  }

  @Test func `an empty file says so`() throws {
    let folder = try Folder()
    try folder.write([], to: "photo.png")
    let path = folder.file("photo.png")
    let error = #expect(throws: PictureError.self) { try Picture(contentsOf: path) }
    #expect(error == .empty(path))
  }

  @Test func `another kind of file is told the formats that are read`() {
    let error = error(Array("%PDF-1.7".utf8))
    #expect(error == .unknownFormat("photo"))
    #expect(error?.description.contains("JPEG, PNG, WebP, GIF or BMP") == true)
  }

  @Test func `a PNG of our own is truncated wherever it is cut`() throws {
    let whole = try Samples.shapes(width: 9, height: 7).png()
    for count in 8..<whole.count {
      #expect(error(Array(whole.prefix(count))) == .truncated("photo", .png), "\(count) bytes")
    }
  }

  @Test func `a GIF of our own is truncated wherever it is cut`() throws {
    let frames = [Samples.shapes(width: 9, height: 7), Samples.shapes(width: 9, height: 7)]
    let whole = try Picture.animation(frames, hundredthsPerFrame: 10)
    for count in 6..<whole.count {
      #expect(error(Array(whole.prefix(count))) == .truncated("photo", .gif), "\(count) bytes")
    }
  }

  @Test func `a PNG with a wrong checksum is damaged`() throws {
    var bytes = try Samples.shapes(width: 64, height: 64).png()
    bytes[bytes.count / 2] ^= 0x10
    guard case .damaged("photo", .png, let message) = error(bytes) else {
      Issue.record("it is not called damaged")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test func `a picture that says it is huge is refused before it takes memory`() throws {
    var bytes = try Samples.shapes(width: 9, height: 7).png()
    bytes.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    #expect(error(bytes) == .tooLarge("photo", width: 65536, height: 65536))
  }

  @Test(arguments: PictureFormat.allCases)
  func `random bytes after a signature never trap`(format: PictureFormat) {
    var noise: UInt64 = 88_172_645_463_325_252
    for length in 0..<200 {
      var bytes = Samples.signature(of: format)
      for _ in 0..<length {
        noise ^= noise << 13
        noise ^= noise >> 7
        noise ^= noise << 17
        bytes.append(UInt8(truncatingIfNeeded: noise))
      }
      #expect(error(bytes) != nil, "\(bytes)")
    }
  }
}
