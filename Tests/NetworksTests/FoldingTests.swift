import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Folded programs give what the plain ones give, and hold no normalisation that could be folded.
@Suite struct FoldingTests {
  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `outputs stay what they were on every network of the zoo`() throws {
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        let folded = try member.program.foldingNormalization()
        // The same sums of floats, scaled before they are added instead of after.
        try expectClose(
          folded.output(for: member.input), member.program.output(for: member.input),
          within: 1e-5, of: name)
        let left = folded.operatorCounts["aten::batch_norm", default: 0]
        #expect(
          left == 0 || ["Norms", "NormsFirst"].contains(name),
          "\(name) keeps \(left) normalisations")
      }
    }
  }

  @Test(
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
    arguments: ["cifar10-resnet20", "cifar10-resnet56"])
  func `a residual network is folded whole, and its layers keep their names`(name: String) throws {
    let path = try #require(References.data).appending(path: "models/\(name).pt2").path
    let program = try Program(contentsOf: path)
    let folded = try program.foldingNormalization()
    #expect(program.operatorCounts["aten::batch_norm", default: 0] >= 19)
    #expect(folded.operatorCounts["aten::batch_norm"] == nil)
    let numbers = (0..<6144).map { (index: Int) -> Float in Float(index % 17) / 8 - 1 }
    let input = try Tensor(numbers, shape: [2, 3, 32, 32])
    // Twenty to fifty-six layers of 32-bit sums, in another order of multiplication.
    try expectClose(folded.output(for: input), program.output(for: input), within: 1e-4)
    for layer in ["layer1.0.bn1", "layer2", "layer3.1"] {
      try expectClose(
        folded.run(upTo: program.layer(named: layer), input: input).activation,
        program.run(upTo: program.layer(named: layer), input: input).activation,
        within: 1e-4, of: layer)
    }
  }
}
