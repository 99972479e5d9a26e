import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Kinds: parity (generators that were exported as the documentation says are read and give PyTorch's
/// numbers); bad input.
@Suite struct GeneratorReadingTests {
  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `a VAE and a DCGAN from PyTorch give what they gave there`() throws {
    let folder = try References.temporaryFolder()
    let sums = try References.run("generators.py", [folder.path])
      .split(separator: "\n").compactMap { Float($0) }
    try #require(sums.count == 3)
    func output(_ mean: Float, _ std: Float) -> Preprocessing {
      Preprocessing(
        height: 28, width: 28, channels: 1, channelOrder: .gray, mean: [mean], std: [std],
        resize: .squash, crop: 1)
    }
    func read(_ card: GeneratorCard) throws -> Generator {
      let path = folder.appending(path: card.decoder).path
      try card.write(to: Card.path(besides: path))
      return try Generator(contentsOf: path)
    }
    let vae = try read(
      GeneratorCard(
        kind: .vae, decoder: "my-vae.pt2", encoder: "my-vae-encoder.pt2", latentLength: 20,
        output: output(0, 1)))
    let relative = String(repeating: "../", count: 30) + folder.path.dropFirst() + "/my-vae.pt2"
    #expect(try Generator(contentsOf: relative).encoder != nil)
    let gan = try read(
      GeneratorCard(
        kind: .gan, decoder: "my-gan.pt2", encoder: nil, latentLength: 100,
        output: output(0.5, 0.5)))
    func ones(_ shape: [Int]) throws -> Tensor {
      try Tensor([Float](repeating: 1, count: shape.reduce(1, *)), shape: shape)
    }
    let decoded = try vae.pictures(for: ones([3, 20])).sum().number()
    let codes = try #require(try vae.codes(of: ones([3, 1, 28, 28])))
    #expect(codes.shape == [3, 20])
    // Sums of some thousand floats in another order.
    expectClose([decoded], [sums[0]], within: 1e-5)
    expectClose([try codes.sum().number()], [sums[1]], within: 1e-4)
    expectClose([try gan.pictures(for: ones([3, 100])).sum().number()], [sums[2]], within: 1e-4)
  }

  @Test(arguments: [0, -1, 1 << 25, 1 << 62, .max])
  func `a code of no length, or longer than memory, is refused`(length: Int) throws {
    let path = try References.temporaryFolder().appending(path: "a.pt2").path
    // Its first axis is the batch's, and it has no other: codes of any length fit.
    var builder = ProgramBuilder(inputShape: [])
    let output = builder.call(
      "relu", in: "relu", type: "ReLU", [("self", .value(builder.input))], shape: [])
    try builder.program(output: output).write(to: path)
    let picture = Preprocessing(
      height: 2, width: 2, channels: 1, channelOrder: .gray, mean: [0], std: [1], resize: .squash,
      crop: 1)
    try GeneratorCard(
      kind: .gan, decoder: "a.pt2", encoder: nil, latentLength: length, output: picture
    ).write(to: Card.path(besides: path))
    let error = #expect(throws: CardError.self) { try Generator(contentsOf: path) }
    #expect(error?.description.contains("latentLength") == true)
  }
}
