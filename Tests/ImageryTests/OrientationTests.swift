import Imagery
import Testing

/// Parity: pictures stand upright as Pillow's `ImageOps.exif_transpose` stands them.
@Suite(.enabled(if: PythonReference.isInstalled, PythonReference.reason))
struct OrientationTests {
  static let files = Result {
    try PythonReference.folder(
      """
      from PIL import ImageOps
      image = photo(24, 40)
      for orientation in range(0, 10):
        for ending in ['jpg', 'png', 'webp']:
          notes = Image.Exif()
          notes[0x0112] = orientation
          name = f'{orientation}.{ending}'
          image.save(name, exif=notes)
          truth(name, ImageOps.exif_transpose(Image.open(name)))
      """)
  }

  @Test(arguments: 0..<10, ["jpg", "png", "webp"])
  func `a picture stands upright`(orientation: Int, ending: String) throws {
    let folder = try Self.files.get()
    let name = "\(orientation).\(ending)"
    let picture = try Picture(contentsOf: folder.file(name))
    #expect(picture.width == ((5...8).contains(orientation) ? 24 : 40))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest <= 2, "\(difference)")
  }
}
