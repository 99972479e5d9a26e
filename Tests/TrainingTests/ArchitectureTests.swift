import Datasets
import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// All architectures of classifiers on toy pictures, and the layers that their cards name.
@Suite struct ArchitectureTests {
  /// Trained on bright halves of 16 × 16, in the steps that the architecture needs for it.
  private func trained(
    _ architecture: ClassifierArchitecture, seed: Seed = 3, epochCount: Int = 8
  ) throws -> ClassifierTraining.Outcome {
    var training = ClassifierTraining(epochCount: epochCount, batchSize: 8, seed: seed)
    training.architecture = architecture
    return try training.train(on: ClassifierTrainingTests.dataset()) { _ in }
  }

  @Test(arguments: ClassifierArchitecture.allCases)
  func `an easy task is learnt, and each picture is answered alone as in a batch`(
    architecture: ClassifierArchitecture
  ) throws {
    let outcome = try trained(architecture)
    #expect(outcome.test.accuracy == 1)
    let program = outcome.network.program
    let input = try Tensor((0..<768).map { Float($0 % 13) / 6 - 1 }, shape: [3, 1, 16, 16])
    let together = try program.output(for: input)
    let alone = try Tensor.concatenated(
      (0..<3).map { try program.output(for: input.slice(axis: 0, $0..<$0 + 1)) })
    // Sums of floats in another order.
    try expectClose(alone, together, within: 1e-5)
  }

  @Test(arguments: ClassifierArchitecture.allCases)
  func `the same seed gives the same network, another seed another`(
    architecture: ClassifierArchitecture
  ) throws {
    let input = try Tensor((0..<256).map { Float($0 % 13) / 6 - 1 }, shape: [1, 1, 16, 16])
    func logits(_ seed: Seed) throws -> [Float] {
      try trained(architecture, seed: seed, epochCount: 1).network.program.output(for: input)
        .floats()
    }
    let first = try logits(5)
    #expect(try logits(5) == first)
    #expect(try logits(6) != first)
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: ClassifierArchitecture.allCases)
  func `Python's torch.export.load opens it and runs it to the same outputs`(
    architecture: ClassifierArchitecture
  ) throws {
    let network = try trained(architecture, epochCount: 2).network
    let folder = try References.temporaryFolder()
    let path = folder.appending(path: "halves.pt2").path
    try network.write(to: path)
    let numbers = (0..<768).map { Float($0 % 13) / 6 - 1 }
    let input = try Tensor(numbers, shape: [3, 1, 16, 16])
    let output = try References.run("run_network.py", [path, "3,1,16,16", folder.path])
    let expected = try NumPyFile.tensor(at: folder.appending(path: "output.npy"))
    // The same kernels on the same numbers.
    try expectClose(network.program.output(for: input), expected, within: 1e-5)
    let layer = try #require(network.card.layers?.class)
    #expect(output.contains("\(layer)\n"), "module paths reach Python: \(output)")
    let again = try Network(contentsOf: path)
    #expect(
      try again.program.output(for: input).floats() == network.program.output(for: input).floats())
    #expect(try again.pivot(named: nil).layer.name == layer)
  }

  private static let layers: [(ClassifierArchitecture, [Int], [Int])] = [
    (.small, [1, 28, 28], [14, 14]), (.resnet, [1, 28, 28], [7, 7]),
    (.vgg, [1, 28, 28], [14, 14]),
    (.vit, [1, 28, 28], [7, 7]), (.resnet, [3, 64, 64], [8, 8]), (.vgg, [3, 64, 64], [16, 16]),
    (.vit, [3, 64, 64], [8, 8]), (.vit, [3, 20, 12], [10, 6]), (.vit, [1, 97, 128], [9, 11]),
    (.vit, [1, 8, 8], [8, 8]), (.resnet, [1, 8, 8], [4, 4]), (.vgg, [1, 8, 8], [8, 8]),
  ]

  @Test(arguments: layers)
  func `the card's layer is a stack of maps of a fitting grid`(
    architecture: ClassifierArchitecture, inputShape: [Int], grid: [Int]
  ) throws {
    let design = architecture.design(inputShape: inputShape, classCount: 3)
    let program = try design.program(LayerBuilder(inputShape: inputShape, draw: RandomStream(1)))
    let layer = try program.layer(named: design.explainedLayer)
    #expect(layer.mapFault == nil)
    #expect(layer.grid == grid)
    let pictures = try Tensor(
      (0..<2 * inputShape.reduce(1, *)).map { Float($0 % 13) / 6 - 1 }, shape: [2] + inputShape)
    #expect(try program.output(for: pictures).shape == [2, 3])
    // Without a card it is the same, of whose blocks the last gives what all of them give.
    if case .resnet = architecture { #expect(try program.lastSpatialLayer().name == "blocks") }
    if case .vit = architecture {
      #expect(try program.lastSpatialLayer().name == design.explainedLayer)
    }
  }

  @Test func `every pixel lies in a patch, whatever the picture's sides`() throws {
    for (height, width) in [(28, 28), (20, 12), (17, 23), (97, 128), (16, 31)] {
      let design = TransformerClassifier(inputShape: [1, height, width], classCount: 2)
      let layers = LayerBuilder(inputShape: design.inputShape, draw: RandomStream(1))
      let program = try design.program(layers)
      let picture = try Tensor(
        [Float](repeating: 1, count: height * width), shape: [1, 1, height, width])
      let pixels = program.inputLayer
      let found = try program.gradients(at: [pixels], input: picture) {
        try $0.select(axis: 1, index: 0)
      }
      // A pixel that no patch holds has no gradient at all.
      #expect(try !found.gradients[0].floats().contains(0), "\(height) × \(width)")
    }
  }

  @Test func `few pictures are passed more often, and a transformer more often than others`() {
    func epochs(_ architecture: ClassifierArchitecture, _ count: Int) -> Int {
      ClassifierTraining(architecture, for: count, seed: 1).epochCount
    }
    #expect(ClassifierArchitecture.allCases.map { epochs($0, 60_000) } == [4, 5, 4, 7])
    #expect(ClassifierArchitecture.allCases.map { epochs($0, 1_280) } == [25, 25, 25, 50])
    #expect(ClassifierArchitecture.allCases.map { epochs($0, 20) } == [60, 60, 60, 60])
  }
}
