import Foundation
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
      "rgb.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "rgb.png", "palette.png", "grey.png",
      "bits.png", "deep.png", "interlaced.png",
      "lossless.webp", "rgb.bmp", "palette.bmp", "rgb.gif", "moving.gif", "clear.gif",
    ])
  func `a picture is decoded exactly`(name: String) throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file(name))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest == 0, "\(difference)")
  }

  /// Subsampled colours are enlarged smoothly, and blocks transformed by whole numbers, here as there.
  @Test(
    arguments: [(41, 60), (64, 64), (1, 7), (7, 1), (2, 2), (123, 201)])
  func `JPEG files of every subsampling are decoded exactly`(height: Int, width: Int) throws {
    let folder = try PythonReference.folder(
      """
      image = photo(\(height), \(width))
      for sub in ('4:4:4', '4:2:2', '4:2:0', '4:1:1'):
        for progressive in (False, True):
          for quality in (30, 75, 95):
            name = '%s-%s-%d.jpg' % (sub.replace(':', ''), progressive, quality)
            image.save(name, subsampling=sub, progressive=progressive, quality=quality)
            truth(name, Image.open(name))
      for mode in ('L', 'CMYK'):
        image.convert(mode).save(mode + '.jpg')
        truth(mode + '.jpg', Image.open(mode + '.jpg'))
      """)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jpg") }
    #expect(names.count == 26)
    for name in names {
      let picture = try Picture(contentsOf: folder.file(name))
      let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
      #expect(difference.largest == 0, "\(name): \(difference)")
    }
  }

  /// libgd multiplies light by ink and rounds down, where Pillow rounds to the nearest.
  @Test func `four inks with black among them are decoded to a level`() throws {
    let folder = try PythonReference.folder(
      """
      light = np.asarray(photo(41, 60))
      most = light.max(2, keepdims=True)
      inks = np.concatenate([most - light, 255 - most], 2).astype(np.uint8)
      Image.fromarray(inks, 'CMYK').save('inks.jpg')
      truth('inks.jpg', Image.open('inks.jpg'))
      """)
    let picture = try Picture(contentsOf: folder.file("inks.jpg"))
    let difference = Difference(picture.pixels, try folder.bytes("inks.jpg.rgb"))
    #expect(difference.largest <= 1, "\(difference)")
  }

  // The decoders may be of other versions, and round otherwise.
  @Test(arguments: ["lossy.webp"])
  func `a lossy picture is decoded within two levels`(name: String) throws {
    let folder = try Self.files.get()
    let picture = try Picture(contentsOf: folder.file(name))
    let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
    #expect(difference.largest <= 2, "\(difference)")
  }

  /// Markers, and which transformation Adobe's says; Pillow asks the same library as libgd.
  @Test(arguments: ["cmyk", "rgb"])
  func `CMYK and RGB are decoded as by Pillow, whatever markers say of the colours`(mode: String)
    throws
  {
    let folder = try PythonReference.folder(
      """
      import io
      file = io.BytesIO()
      photo(41, 60).convert('\(mode)'.upper()).save(file, 'JPEG')
      rest, at = file.getvalue(), 2
      while rest[at + 1] in (0xE0, 0xEE):
        at += 2 + struct.unpack('>H', rest[at + 2:at + 4])[0]
      jfif = b'\\xff\\xe0' + struct.pack('>H', 16) + b'JFIF\\0' + bytes([1, 1, 0, 0, 1, 0, 1, 0, 0])
      def adobe(transform):
        return b'\\xff\\xee' + struct.pack('>H', 14) + b'Adobe' + bytes([0, 100, 0, 0, 0, 0, transform])
      for name, markers in [
        ('none', b''), ('jfif', jfif), ('0', adobe(0)), ('1', adobe(1)), ('2', adobe(2)), ('both', jfif + adobe(0))]:
        open(name, 'wb').write(rest[:2] + markers + rest[at:])
        truth(name, Image.open(name))
      """)
    var shown: Set<[UInt8]> = []
    for name in ["none", "jfif", "0", "1", "2", "both"] {
      let picture = try Picture(contentsOf: folder.file(name))
      let difference = Difference(picture.pixels, try folder.bytes(name + ".rgb"))
      #expect(difference.largest <= 2, "\(name): \(difference)")
      shown.insert(picture.pixels)
    }
    #expect(shown.count == 2, "a transformation changes what is shown")
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
