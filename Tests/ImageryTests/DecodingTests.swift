import Imagery
import Testing

/// Parity: what Pillow writes is decoded to the pixels that Pillow reads.
@Suite(.enabled(if: PythonReference.isInstalled, PythonReference.reason))
struct DecodingTests {
  static let files = Result {
    try PythonReference.folder(
      """
      image = photo(41, 60)
      small = image.quantize(200)
      alpha = Image.fromarray(np.dstack([np.asarray(image), np.asarray(image)[:, :, 1]]))
      over = Image.alpha_composite(Image.new('RGBA', image.size, 'white'), alpha)
      def save(name, image, expected=None, **settings):
        image.save(name, **settings)
        truth(name, expected or Image.open(name))
      save('rgb.jpg', image)
      save('progressive.jpg', image, progressive=True)
      save('grey.jpg', image.convert('L'))
      save('cmyk.jpg', image.convert('CMYK'))
      save('rgb.png', image)
      save('palette.png', small)
      save('grey.png', image.convert('L'))
      save('bits.png', image.convert('1'))
      save('alpha.png', alpha, over)
      save('alpha.webp', alpha, over, lossless=True, exact=True)
      save('clear.gif', small, small.convert('RGB'), transparency=255)
      save('lossless.webp', image, lossless=True)
      save('lossy.webp', image)
      save('rgb.bmp', image)
      save('palette.bmp', small)
      save('rgb.gif', small)
      still = [photo(20, 30).rotate(turn).quantize(64) for turn in (0, 90, 180)]
      save('moving.gif', still[0], still[0], save_all=True, append_images=still[1:])

      glass = np.asarray(alpha).astype(int) * 257
      def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
      def png(name, deep, passes, interlace, truly):
        kind = 2 if deep.shape[2] == 3 else 6
        head = struct.pack('>IIBBBBB', deep.shape[1], deep.shape[0], 16, kind, 0, 0, interlace)
        rows = b''.join(
          b'\\0' + row.astype('>u2').tobytes()
          for y, dy, x, dx in passes for row in deep[y::dy, x::dx])
        open(name, 'wb').write(
          b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', head) + chunk(b'iCCP', b'faulty')
          + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
        truth(name, truly)
      deep = np.asarray(image).astype(int) * 257
      png('deep.png', deep, [(0, 1, 0, 1)], 0, image)
      adam = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2),
        (1, 2, 0, 1)]
      png('interlaced.png', deep, adam, 1, image)
      png('glass.png', glass, adam, 1, over)
      """)
  }

  @Test(
    arguments: [
      "rgb.png", "palette.png", "grey.png", "bits.png", "deep.png", "interlaced.png",
      "lossless.webp", "rgb.bmp", "palette.bmp", "rgb.gif", "moving.gif", "clear.gif",
    ])
  func `a lossless picture is decoded exactly`(name: String) throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file(name))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest == 0, "\(difference)")
  }

  // The decoders may be of other versions, and round otherwise.
  @Test(arguments: ["rgb.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "lossy.webp"])
  func `a lossy picture is decoded within two levels`(name: String) throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file(name))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest <= 2, "\(difference)")
  }

  // libgd keeps seven of the eight bits of a WebP's alpha, libpng all of a PNG's.
  @Test(arguments: [("alpha.png", 1), ("glass.png", 1), ("alpha.webp", 2)])
  func `what is transparent is laid over white`(name: String, tolerance: Int) throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file(name))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest <= tolerance, "\(difference)")
  }

  @Test func `the content decides on the format, not the name`() throws {
    let folder = try Self.files.get()
    let bytes = try folder.bytes("rgb.png")
    #expect(PictureFormat(of: bytes) == .png)
    let picture = try Picture(decoding: bytes, named: "photo.jpg")
    #expect((picture.width, picture.height) == (60, 41))
  }
}
