import Evaluation
import Networks
import Terms
import TestSupport
import Testing

/// Runs of networks that are surer than a float can say: a reduction, and bad input.
@Suite struct SaturationTests {
  private func network(_ ending: [String]) throws -> Network {
    try ToyNetworks.colour(
      ending: ending, factor: 1000, output: ending.isEmpty ? .logits : .probabilities)
  }

  private func records(_ network: Network, failure: (String) -> Void = { _ in }) throws -> [String]
  {
    let toy = try ToyEvaluation(2, asking: network)
    _ = try toy.job([toy.gradCAM(at: "sum.relu")], settings: toy.settings([[0, 1, 2]])).run(
      in: toy.path("run"), workers: 1, memory: 1 << 30, failure: failure)
    return try toy.dump("run")
  }

  @Test func `probabilities of a softmax have the curves of their logits`() throws {
    let found = try records(network(["softmax.int"]))
    let expected = try records(network([]))
    try #require(found.count == expected.count && found.count > 10)
    // All but what says which card it was.
    let curves = { (lines: [String]) in
      lines.filter { !$0.contains("logits") && !$0.contains("probabilities") }
    }
    #expect(curves(found).count > 10 && curves(found) == curves(expected))
  }

  @Test func `pictures whose probabilities are lost are named and left out`() throws {
    var said: [String] = []
    _ = try records(network(["softmax.int", "sqrt", "square"])) { said.append($0) }
    #expect(said.count == 2 && said.allSatisfy { $0.contains("cannot be known") }, "\(said)")
  }
}
