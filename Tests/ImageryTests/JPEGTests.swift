import Imagery
import TestSupport
import Testing

/// Small JPEG files: that they can be read back, and known colours.
@Suite struct JPEGTests {
  @Test func `a picture of one colour comes back as it went, to a level`() throws {
    let picture = try Picture(
      width: 20, height: 12, filledWith: Color(red: 200, green: 90, blue: 30))
    let bytes = try picture.jpeg(quality: 90)
    let back = try Picture(decoding: bytes, named: "x.jpg")
    #expect((back.width, back.height) == (20, 12))
    for (found, wanted) in try paired(back.pixels, picture.pixels) {
      // Colours are rounded to JPEG's own space and back.
      #expect(abs(Int(found) - Int(wanted)) <= 2)
    }
    #expect(try picture.jpeg(quality: 90) == bytes)
    #expect(try picture.jpeg(quality: 500) == picture.jpeg(quality: 100))
  }

  /// The bytes of a file whose frame says something else: its place, and what stands there.
  @Test(arguments: [
    (1, 0xC3, "the lossless or hierarchical process"), (1, 0xC5, "lossless or hierarchical"),
    (4, 12, "12 bits a colour"), (4, 16, "16 bits a colour"), (9, 2, "2 colour components"),
    (9, 5, "5 colour components"), (9, 0, "0 colour components"),
  ])
  func `kinds that no decoder here reads are refused by what they are`(
    place: Int, byte: UInt8, kind: String
  ) throws {
    var bytes = try Picture(
      width: 16, height: 16, filledWith: Color(red: 9, green: 9, blue: 9)
    ).jpeg(quality: 80)
    let frame = try #require(
      bytes.indices.dropLast().first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes[frame + place] = byte
    do {
      _ = try Picture(decoding: bytes, named: "scan.jpg")
      Issue.record("it is read")
    } catch {
      #expect("\(error)".hasPrefix("scan.jpg is a JPEG picture with ") && "\(error)".contains(kind))
    }
  }
}
