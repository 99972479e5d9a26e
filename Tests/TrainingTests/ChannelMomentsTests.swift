import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// Known answers for batch normalisation behind its training.
@Suite struct ChannelMomentsTests {
  /// The normalised input's mean.
  private struct Normalised: ClassifierDesign {
    let explainedLayer = "norm"

    func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference {
      let maps = try layers.batchNormalization(layers.input, in: "norm")
      return layers.globalMean(maps, in: "pool")
    }
  }

  private func pictures(_ numbers: [Float]) throws -> Tensor {
    try Tensor(numbers, shape: [numbers.count / 2, 2, 1, 1])
  }

  @Test func `a trained network takes the means of its batches' moments`() throws {
    let design = Normalised()
    let fresh = try design.program(LayerBuilder(inputShape: [2, 1, 1], draw: RandomStream(0)))
    // In training, a batch's own: 0 and 2 lie one deviation from their mean; 5 and 5 at it.
    try expectClose(
      fresh.output(for: pictures([0, 5, 2, 5])), Tensor([-1, 0, 1, 0] as [Float], shape: [2, 2]),
      within: 1e-5)
    let trained = try fresh.replacing(parameters: [
      "norm.weight": Tensor([2, 1] as [Float], shape: [2]),
      "norm.bias": Tensor([0, 3] as [Float], shape: [2]),
    ])
    // First channel: (0, 2) has mean 1 and variance 2/1, (4, 10) mean 7 and variance 18/1: 4 and 10. Second: (5, 5)
    // and (5, 9): 6 and 4.
    let settled = try design.settled(
      trained, over: [{ try pictures([0, 5, 2, 5]) }, { try pictures([4, 5, 10, 9]) }])
    let root = (Float(10) + 1e-5).squareRoot()
    let second = (Float(4) + 1e-5).squareRoot()
    try expectClose(
      settled.output(for: pictures([14, 10, 4, 6])),
      Tensor([20 / root, 3 + 4 / second, 0, 3], shape: [2, 2]), within: 1e-6)
    // A picture alone is answered as among others.
    try expectClose(
      settled.output(for: pictures([14, 10])),
      Tensor([20 / root, 3 + 4 / second], shape: [1, 2]), within: 1e-6)
  }

  @Test func `a network without such layers stays as it is`() throws {
    let design = SmallClassifier(inputShape: [1, 8, 8], classCount: 2)
    let trained = try design.program(seed: 4)
    let settled = try design.settled(trained, over: [])
    #expect(
      try settled.parameters.mapValues { try $0.floats() }
        == trained.parameters.mapValues { try $0.floats() })
  }
}
