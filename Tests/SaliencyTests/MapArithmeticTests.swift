import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers by hand: what is made of several maps.
@Suite struct MapArithmeticTests {
  func map(
    _ values: [Float], neutral: Float = 0, rectification: SaliencyMap.Rectification = .none
  ) throws -> SaliencyMap {
    let tensor = try Tensor(values, shape: [1, values.count])
    return SaliencyMap(
      values: rectification == .relu ? try tensor.relu() : tensor, atLayer: tensor,
      rectification: rectification, neutral: neutral)
  }

  @Test func `a map less others is n times itself less all of them, where more than zero`() throws {
    let found = try map([3, 1, 0], neutral: 1).less([
      map([1, 2, 0], neutral: 0.5), map([2, 1, 4], neutral: 0.25),
    ])
    #expect(try found.values.floats() == [3, 0, 0])
    #expect(try found.atLayer.floats() == [3, -1, -4])
    #expect(found.neutral == 1.25)
    #expect(found.rectification == .relu)
  }

  @Test func `rectified maps are subtracted rectified, at the layer as well`() throws {
    let found = try map([-2, 1], rectification: .relu).less([map([-5, 3], rectification: .relu)])
    #expect(try found.values.floats() == [0, 0])
    #expect(try found.atLayer.floats() == [0, -2])
  }

  @Test func `a map where another is low is damped by the other's place in its range`() throws {
    // The other runs from 1 to 5: its norms are 0, ½ and 1.
    let found = try map([4, 4, 4], neutral: 2).whereLow(map([1, 3, 5], neutral: 2))
    #expect(try found.values.floats() == [4, 2, 0])
    #expect(abs(found.neutral - 2 * 0.75) < 1e-6)
    let flat = try map([4, 2]).whereLow(map([3, 3]))
    #expect(
      try flat.values.floats() == [4, 2], "a map that is one number everywhere damps nothing")
  }

  @Test func `a centred map is 0 where a place does not matter`() throws {
    /// Gives one map, whatever it is asked.
    struct Fixed: Explainer {
      let map: SaliencyMap
      func maps(for request: MapRequest) throws -> Explanation {
        let prediction = Prediction(classes: [], value: 0)
        _ = try request.scores(prediction)
        return Explanation(prediction: prediction, scores: [0], maps: [map])
      }
    }
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]], height: 1, width: 3))
    let found = try Centred(Fixed(map: map([0.75, 0.5, 0.25], neutral: 0.5))).maps(
      of: [.logit(ClassSet(0))], in: network,
      at: Tensor([1, 2, 3] as [Float], shape: [1, 1, 1, 3]))
    #expect(try found.maps[0].values.floats() == [0.25, 0, -0.25])
    #expect(found.maps[0].neutral == 0)
  }
}
