import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers, parity with SciPy's blur, and bad input of baselines.
@Suite struct BaselineTests {
  static let mean: [Float] = [0.5, 0.25, 0.125]
  static let std: [Float] = [0.5, 0.25, 0.2]

  /// A network of three channels that answers their means; only its card matters here.
  func network(height: Int, width: Int) throws -> Network {
    var builder = ProgramBuilder(inputShape: [3, height, width])
    let output = builder.call(
      "mean.dim", in: "pool", type: "Mean",
      [("self", .value(builder.input)), ("dim", .ints([2, 3]))], shape: [3])
    let input = Preprocessing(
      height: height, width: width, channels: 3, channelOrder: .rgb, mean: Self.mean,
      std: Self.std, resize: .squash, crop: 1)
    let card = Card(
      task: .classification, output: .logits, labels: .list(["a", "b", "c"]), input: input)
    return try Network(program: builder.program(output: output), card: card, cardPath: "card")
  }

  func picture(height: Int, width: Int) throws -> Picture {
    var stream = RandomStream(9)
    let pixels = (0..<height * width * 3).map { _ in UInt8(stream.next() >> 56) }
    return try Picture(width: width, height: height, pixels: pixels)
  }

  @Test func `black, white and mean are colours of the picture, not of the normalised input`()
    throws
  {
    let network = try network(height: 1, width: 2)
    let input = try network.card.input.input(from: picture(height: 1, width: 2))
    let black = try Baseline.black.input(for: network, at: input)
    #expect(black.shape == [1, 3, 1, 2])
    #expect(try black.floats() == [-1, -1, -1, -1, -0.625, -0.625])
    expectClose(
      try Baseline.white.input(for: network, at: input).floats(), [1, 1, 3, 3, 4.375, 4.375],
      within: 1e-6)
    #expect(try Baseline.mean.input(for: network, at: input).floats() == [0, 0, 0, 0, 0, 0])
  }

  @Test func `the explained picture as a file is the input itself`() throws {
    let network = try network(height: 4, width: 5)
    let picture = try picture(height: 9, width: 7)
    let input = try network.card.input.input(from: picture)
    let baseline = try Baseline.picture(picture).input(for: network, at: input)
    #expect(try baseline.floats() == input.floats())
  }

  @Test func `a blur of 0 changes nothing, and no blur changes a plain picture`() throws {
    let network = try network(height: 6, width: 5)
    let input = try network.card.input.input(from: picture(height: 6, width: 5))
    // Out of the normalised space and back: a rounding each way.
    try expectClose(
      Baseline.blur(sigma: 0).input(for: network, at: input), input, within: 1e-6)
    let plain = try Baseline.white.input(for: network, at: input)
    try expectClose(
      Baseline.blur(sigma: 3).input(for: network, at: plain), plain, within: 1e-6)
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: [0.7, 2, 9] as [Float])
  func `the blur is SciPy's, even where it is wider than the picture`(sigma: Float) throws {
    let network = try network(height: 12, width: 17)
    let input = try network.card.input.input(from: picture(height: 12, width: 17))
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (given, blurred) = (folder.appending(path: "a.npy"), folder.appending(path: "b.npy"))
    try NumPyFile.data(of: input).write(to: given)
    _ = try References.run("blur.py", [given.path, blurred.path, "\(sigma)"])
    // A blur commutes with the normalisation. Sums of 150 floats against sums of doubles.
    try expectClose(
      Baseline.blur(sigma: sigma).input(for: network, at: input),
      NumPyFile.tensor(at: blurred), within: 1e-5)
  }

  @Test func `noise has the strength asked for, stays a picture, and follows from its seed`() throws
  {
    let network = try network(height: 60, width: 60)
    let grey = try network.card.input.input(
      from: Picture(width: 60, height: 60, filledWith: Color(red: 128, green: 128, blue: 128)))
    let noise = Baseline.noise(sigma: 0.1, seed: 3)
    let found = try noise.input(for: network, at: grey)
    let red = try (found - grey).select(axis: 1, index: 0).floats().map { $0 * Self.std[0] }
    let deviation = (red.map { $0 * $0 }.reduce(0, +) / Float(red.count)).squareRoot()
    // 3600 draws: the standard error of the deviation is 0.1 / √7200 = 0.0012; five of them.
    #expect(abs(deviation - 0.1) < 0.006, "\(deviation)")
    #expect(try noise.input(for: network, at: grey).floats() == found.floats())
    let other = try Baseline.noise(sigma: 0.1, seed: 4).input(for: network, at: grey)
    #expect(try other.floats() != found.floats())
    let strong = try Baseline.noise(sigma: 5, seed: 3).input(for: network, at: grey)
    let (low, high) = (
      try Baseline.black.input(for: network, at: grey).floats(),
      try Baseline.white.input(for: network, at: grey).floats()
    )
    #expect(zip(zip(low, high), try strong.floats()).allSatisfy { $0.0 <= $1 && $1 <= $0.1 })
    #expect(try strong.floats().contains(low[0]) && strong.floats().contains(high[0]))
  }

  @Test func `baselines are read as they are written`() throws {
    let picture = try picture(height: 2, width: 2)
    func read(_ text: String) throws -> Baseline {
      try Baseline(text, for: "baseline", seed: 5) { path in
        guard path == "photos/black.png" else { throw PictureError.missing(path) }
        return picture
      }
    }
    #expect(try read("black") == .black)
    #expect(try read("white") == .white)
    #expect(try read("mean") == .mean)
    #expect(try read("blur:2.5") == .blur(sigma: 2.5))
    #expect(try read("noise:0.2") == .noise(sigma: 0.2, seed: 5))
    #expect(try read("photos/black.png") == .picture(picture))
    for wrong in [
      "blur", "blur:", "blur:-1", "blur:nan", "blur:1e9", "noise", "noise:x", "blak", "black:1", "",
    ] {
      #expect(
        throws: SettingError.value(
          wrong, of: "baseline",
          expected:
            "black, white, mean, blur:SIGMA, noise:SIGMA, a colour #rrggbb or a picture's file")
      ) { try read(wrong) }
    }
  }

  @Test func `a file that is there and is no picture says so itself`() throws {
    #expect(throws: PictureError.empty("x.png")) {
      try Baseline("x.png", for: "baseline", seed: 0) { throw PictureError.empty($0) }
    }
  }

  @Test func `of several baselines each has noise of its own`() throws {
    let list = try Baseline.list("black+noise:0.2+noise:0.2", for: "baselines", seed: 1) {
      throw PictureError.missing($0)
    }
    #expect(list.count == 3)
    #expect(list[0] == .black)
    #expect(list[1] != list[2])
    #expect(throws: SettingError.self) {
      try Baseline.list("black+", for: "baselines", seed: 1) { throw PictureError.missing($0) }
    }
  }
}
