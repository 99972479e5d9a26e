import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite("Shortcuts: known answers")
struct ShortcutTests {
  /// A network that calls a picture “b” where its mean is above ½, and “a” elsewhere.
  @Test func `what the square makes of a network that looks at the mean is counted`() throws {
    // y = (0.5, m), m the mean of the picture as 0…1.
    let program = try ToyNetworks.pooled(
      kernels: [1, 0], biases: [0, 0.5], head: [[0, 1], [1, 0]], height: 4, width: 4)
    let network = try Network(
      program: program, card: ToyNetworks.card(height: 4, width: 4, labels: ["a", "b"]),
      cardPath: "card")
    // Three of “b”, one bright enough; four of “a”, of which the square lifts those of 100 alone:
    // (12 · 100 + 4 · 255) / 16 = 138.75 > 127.5, and (12 · 80 + 4 · 255) / 16 = 123.75.
    let levels: [UInt8] = [200, 50, 60, 100, 80, 100, 100]
    let set = try PictureSet(
      height: 4, width: 4, channels: 1, pixels: levels.flatMap { Array(repeating: $0, count: 16) },
      labels: [1, 1, 1, 0, 0, 0, 0], classNames: ["a", "b"])
    let found = try ShortcutTest(
      of: network, on: set, planting: PlantedSquare(of: 1, side: 2, level: 255))
    #expect(found.recognisedFraction == Float(1) / 3)
    #expect(found.mistakenFraction == 0.75)
  }
}
