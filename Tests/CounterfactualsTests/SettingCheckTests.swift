import Contrast
import Counterfactuals
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Settings of searches that cannot be are refused, in the manner of all settings.
@Suite struct SettingCheckTests {
  @Test func `a search says which setting cannot be`() {
    let changes: [(String, (inout ContrastiveSearch) -> Void)] = [
      ("startCount", { $0.startCount = 0 }), ("startCount", { $0.startCount = .max }),
      ("frameCount", { $0.frameCount = -1 }), ("slack", { $0.slack = .nan }),
      ("iterationLimit", { $0.optimiser = AugmentedLagrangian(iterationLimit: 0) }),
      ("batch", { $0.optimiser.batch = 0 }), ("penalty", { $0.optimiser.penalty = -1 }),
      ("codeSearch.steps", { $0.codeSearch.steps = -1 }),
      ("codeSearch.rate", { $0.codeSearch.rate = .infinity }),
    ]
    for (name, change) in changes {
      var search = ContrastiveSearch(seed: 1)
      change(&search)
      let fault = #expect(throws: SettingFault.self, "\(name)") { try search.checkSettings() }
      #expect(fault?.name == name && fault?.kind == .usage)
    }
    #expect(throws: Never.self) { try ContrastiveSearch(seed: 1).checkSettings() }
  }

  @Test func `subtraction without weights, or with settings that cannot be`() throws {
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [1, 1, 0]], biases: [0, 0, -1])
    let input = try Tensor([0.8, 0.2, 0.6] as [Float], shape: [1, 1, 1, 3])
    for (name, subtraction) in [
      ("weights", WeightedSubtraction(of: InputGradient(), weights: [])),
      ("weights", WeightedSubtraction(of: InputGradient(), weights: [.nan])),
      ("samples", WeightedSubtraction(of: LIME(samples: 0, seed: 1))),
    ] {
      let fault = #expect(throws: SettingFault.self) {
        try subtraction.difference(
          why: ClassSet(0), ratherThan: ClassSet(1), by: network, at: input)
      }
      #expect(fault?.name == name)
    }
  }
}
