import Imagery
import Testing

/// What is written is read back, by us and by Pillow.
@Suite struct EncodingTests {
  @Test(arguments: [(1, 1), (1, 9), (37, 22), (200, 150)])
  func `a PNG keeps every pixel`(width: Int, height: Int) throws {
    let picture = Samples.shapes(width: width, height: height)
    let back = try Picture(decoding: picture.png(), named: "png")
    #expect(back == picture, "\(Difference(back.pixels, picture.pixels))")
  }

  @Test func `equal pictures give equal bytes`() throws {
    let picture = Samples.shapes(width: 50, height: 40)
    let same = try Picture(width: 50, height: 40, pixels: picture.pixels)
    #expect(try picture.png() == same.png())
  }

  @Test func `an animation begins with its first frame`() throws {
    let frames = [Color(red: 200, green: 10, blue: 30), .init(red: 0, green: 0, blue: 255)].map {
      color in Samples.picture(width: 12, height: 8) { _, _ in color }
    }
    let bytes = try Picture.animation(frames, hundredthsPerFrame: 20)
    let back = try Picture(decoding: bytes, named: "animation")
    #expect(back == frames[0], "\(Difference(back.pixels, frames[0].pixels))")
  }

  @Test(.enabled(if: PythonReference.isInstalled, PythonReference.reason))
  func `Pillow finds all frames, their time and the repetition`() throws {
    let frames = [0, 40, 80].map { shift in
      Samples.picture(width: 30, height: 20) { x, y in
        Color(red: UInt8(x * 4 + shift), green: UInt8(y * 8), blue: UInt8(shift))
      }
    }
    let folder = try PythonReference.folder(
      """
      image = Image.open(sys.argv[1])
      facts = [image.n_frames, image.info['duration'], image.info['loop'], *image.size]
      open('facts', 'w').write(' '.join(map(str, facts)))
      for index in range(image.n_frames):
        image.seek(index)
        truth(str(index), image)
      """,
      arguments: [try saved(Picture.animation(frames, hundredthsPerFrame: 7))])
    let facts = String(decoding: try folder.bytes("facts"), as: UTF8.self)
    #expect(facts == "3 70 0 30 20")
    for (index, frame) in frames.enumerated() {
      // A frame may use 256 colours; these have more, and are dithered.
      let difference = Difference(try folder.bytes("\(index).rgb"), frame.pixels)
      #expect(difference.largest <= 24, "frame \(index): \(difference)")
    }
  }

  private let folder: Folder

  init() throws { folder = try Folder() }

  private func saved(_ bytes: [UInt8]) throws -> String {
    try folder.write(bytes, to: "animation.gif")
    return folder.file("animation.gif")
  }

  @Test func `an animation of nothing is an error`() {
    let error = #expect(throws: PictureError.self) {
      try Picture.animation([], hundredthsPerFrame: 5)
    }
    #expect(error == .noFrames)
  }

  @Test func `frames of another size are named`() {
    let frames = [Samples.shapes(width: 4, height: 4), Samples.shapes(width: 4, height: 5)]
    let error = #expect(throws: PictureError.self) {
      try Picture.animation(frames, hundredthsPerFrame: 5)
    }
    #expect(error == .frameSize(index: 1, width: 4, height: 5))
  }

  @Test(arguments: [0, -1, 65536]) func `a frame stays for a time that a GIF holds`(time: Int) {
    let frame = Samples.shapes(width: 4, height: 4)
    let error = #expect(throws: PictureError.self) {
      try Picture.animation([frame], hundredthsPerFrame: time)
    }
    #expect(error == .frameDuration(hundredths: time))
  }
}
