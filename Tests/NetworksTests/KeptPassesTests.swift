import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// What a network keeps at an input changes no bit of what it answers.
///
/// Kinds: parity with passes that are not kept, and invariance.
@Suite struct KeptPassesTests {
  private func network() throws -> Network {
    let place = try References.temporaryFolder()
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6)
    let card = place.appending(path: "toy.json")
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "viola"])
      .write(to: card.path)
    return try Network(program: program, card: Card(contentsOf: card.path), cardPath: card.path)
  }

  private func input(_ step: Int, of network: Network) throws -> Input {
    let numbers = (0..<24).map { Float($0 * step % 17) / 17 }
    return try network.input(Tensor(numbers, shape: network.program.inputShape.map { $0 ?? 1 }))
  }

  private static func score(_ index: Int) -> (Tensor) throws -> Tensor {
    { try $0.select(axis: 1, index: index).reshaped([1, -1]) }
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `walks that share a pass give the bytes of walks with passes of their own`() throws {
    var tried = 0
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        guard let layer = try member.layer() else { return }
        tried += 1
        let program = member.program
        let values = try program.values(member.picture())
        let pass = try program.recordedPass(at: [layer], inputs: values)
        for index in [0, 1, 0] {
          let score = { (output: Tensor) in
            let flat = try output.reshaped([-1])
            return try flat.slice(axis: 0, index % flat.count..<index % flat.count + 1)
          }
          let shared = try pass.gradients(at: [layer], of: score)
          let own = try program.gradients(at: [layer], inputs: values, of: score)
          #expect(try shared.gradients[0].bytes() == own.gradients[0].bytes(), "\(name) \(index)")
          #expect(
            try shared.activations[0].bytes() == own.activations[0].bytes(), "\(name) \(index)")
          #expect(try shared.scores.bytes() == own.scores.bytes(), "\(name) \(index)")
        }
      }
    }
    #expect(tried > 30, "only \(tried) networks of the zoo have a layer")
  }

  @Test func `only the input that passes are kept for takes them`() throws {
    let network = try network()
    let (one, other) = (try input(5, of: network), try input(3, of: network))
    let passes = KeptPasses(at: one.tensor, upTo: 1 << 20)
    let keeping = network.keeping(passes)
    let layer = try network.program.layer(named: "conv")
    for index in [0, 2, 1] {
      for asked in [one, other, one] {
        let kept = try keeping.gradients(
          at: [layer], input: asked.tensor, of: Self.score(index))
        let own = try network.gradients(at: [layer], input: asked.tensor, of: Self.score(index))
        #expect(try kept.gradients[0].bytes() == own.gradients[0].bytes())
        #expect(
          try keeping.prediction(for: asked).classes == network.prediction(for: asked).classes)
      }
    }
    #expect(passes.bytes > 0)
  }

  @Test func `a pass that there is no room for is not kept, and serves its own question`() throws {
    let network = try network()
    let input = try input(5, of: network)
    let passes = KeptPasses(at: input.tensor, upTo: 8)
    let keeping = network.keeping(passes)
    let layer = try network.program.layer(named: "conv")
    let kept = try keeping.gradients(at: [layer], input: input.tensor, of: Self.score(0))
    let own = try network.gradients(at: [layer], input: input.tensor, of: Self.score(0))
    #expect(try kept.gradients[0].bytes() == own.gradients[0].bytes())
    #expect(passes.bytes == 0)
  }

  @Test func `a network that computes otherwise takes nothing from one that keeps`() throws {
    let network = try network()
    let input = try input(5, of: network)
    let keeping = network.keeping(KeptPasses(at: input.tensor, upTo: 1 << 20))
    _ = try keeping.prediction(for: input)
    let other = Network(
      keeping,
      program: try ToyNetworks.pooled(
        kernels: [2, 1, 1], biases: [0, 0, 0], head: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        height: 4, width: 6))
    #expect(
      try other.prediction(for: input).classes.map(\.logit)
        != keeping.prediction(for: input).classes.map(\.logit))
  }
}
