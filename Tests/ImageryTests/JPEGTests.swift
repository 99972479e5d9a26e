import Imagery
import Testing

/// Small JPEG files: that they can be read back, and known colours.
@Suite struct JPEGTests {
  @Test func `a picture of one colour comes back as it went, to a level`() throws {
    let picture = try Picture(
      width: 20, height: 12, filledWith: Color(red: 200, green: 90, blue: 30))
    let bytes = try picture.jpeg(quality: 90)
    let back = try Picture(decoding: bytes, named: "x.jpg")
    #expect((back.width, back.height) == (20, 12))
    for (found, wanted) in zip(back.pixels, picture.pixels) {
      // Colours are rounded to JPEG's own space and back.
      #expect(abs(Int(found) - Int(wanted)) <= 2)
    }
    #expect(try picture.jpeg(quality: 90) == bytes)
    #expect(try picture.jpeg(quality: 500) == picture.jpeg(quality: 100))
  }
}
