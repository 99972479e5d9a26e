import Counterfactuals
import Imagery
import Networks
import Tensors
import TestSupport
import Testing

@Suite("PixelSpace: what is drawn as a network sees it")
struct PixelSpaceTests {
  private func network(_ order: Preprocessing.ChannelOrder, side: Int) throws -> Network {
    var builder = ProgramBuilder(inputShape: [order == .gray ? 1 : 3, side, side])
    let flat = builder.call(
      "mean.dim", in: "pool", type: "Mean",
      [("self", .value(builder.input)), ("dim", .ints([2, 3]))],
      shape: [order == .gray ? 1 : 3])
    var card = ToyNetworks.card(
      height: side, width: side, labels: order == .gray ? ["a"] : ["a", "b", "c"])
    // One number is no choice among classes.
    if order == .gray { (card.task, card.output, card.labels) = (.regression, .value, nil) }
    try card.changeInput {
      $0.channelOrder = order
      $0.channels = order == .gray ? 1 : 3
      $0.mean = Array(repeating: 0.5, count: $0.channels)
      $0.std = Array(repeating: 0.25, count: $0.channels)
    }
    return try Network(program: builder.program(output: flat), card: card, cardPath: "card")
  }

  /// Draws 2 × 2 pixels of some channels, as `tanh` has them.
  private func generator(_ order: Preprocessing.ChannelOrder) throws -> Generator {
    let channels = order == .gray ? 1 : 3
    var codes = ProgramBuilder(inputShape: [channels * 4])
    let drawn = codes.call(
      "tanh", in: "t", type: "Tanh", [("self", .value(codes.input))], shape: [channels * 4])
    return try Generator(
      decoder: codes.program(output: drawn), encoder: nil,
      card: GeneratorCard(
        kind: .other, decoder: "g.pt2", encoder: nil, latentLength: channels * 4,
        output: Preprocessing(
          height: 2, width: 2, channels: channels, channelOrder: order,
          mean: Array(repeating: 0.5, count: channels),
          std: Array(repeating: 0.5, count: channels), resize: .squash, crop: 1)))
  }

  private func shown(
    _ numbers: [Float], by drawn: Preprocessing.ChannelOrder,
    to seen: Preprocessing.ChannelOrder, side: Int = 2
  ) throws -> Tensor {
    let generator = try generator(drawn)
    let space = try PixelSpace(of: network(seen, side: side), and: generator)
    return try space.picture(
      drawn: Tensor(numbers, shape: [1, drawn == .gray ? 1 : 3, 2, 2]))
  }

  /// Red −1, green 0, blue 1: 0, ½ and 1 of pictures.
  private let colours: [Float] = [-1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1]

  @Test func `numbers become pictures in the network's channels`() throws {
    let planes: (Float, Float, Float) = (0, 0.5, 1)
    func repeated(_ values: Float...) -> [Float] { values.flatMap { [$0, $0, $0, $0] } }
    #expect(
      try shown(colours, by: .rgb, to: .rgb).floats() == repeated(planes.0, planes.1, planes.2))
    #expect(
      try shown(colours, by: .rgb, to: .bgr).floats() == repeated(planes.2, planes.1, planes.0))
    #expect(
      try shown(colours, by: .bgr, to: .rgb).floats() == repeated(planes.2, planes.1, planes.0))
    // 0.587 · ½ + 0.114
    expectClose(
      try shown(colours, by: .rgb, to: .gray).floats(), repeated(0.4075), within: 1e-6)
    // In the other order red and blue change places: 0.299 + 0.587 · ½
    expectClose(
      try shown(colours, by: .bgr, to: .gray).floats(), repeated(0.5925), within: 1e-6)
    #expect(
      try shown([-1, 0, 0, 1], by: .gray, to: .rgb).floats()
        == [0, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0, 0.5, 0.5, 1])
  }

  @Test func `pictures take the size of the network's input`() throws {
    let large = try shown([0, 0, 0, 0], by: .gray, to: .gray, side: 6)
    #expect(large.shape == [1, 1, 6, 6])
    #expect(try large.floats() == Array(repeating: 0.5, count: 36))
  }

  @Test func `inputs are normalised, and saved pictures have 255 levels of 0…1`() throws {
    let space = try PixelSpace(of: network(.gray, side: 2), and: try generator(.gray))
    let pictures = try Tensor([0, 0.5, 1, 0.25] as [Float], shape: [1, 1, 2, 2])
    #expect(try space.input(for: pictures).floats() == [-2, 0, 2, -1])
    let wild = try Tensor([-0.5, 1.5, 0.5, 0.001] as [Float], shape: [1, 1, 2, 2])
    // 0.5 · 255 = 127.5 rounds to even.
    expectClose(try space.saved(wild).floats(), [0, 1, 128 / 255, 0], within: 1e-6)
  }
}
