public import Tensors
public import Terms

/// The learnt tensors of a network, each with its own numbers in random order.
///
/// What Adebayo et al. 2018 ask of an explanation: that it changes when the network forgets what it
/// learnt. They initialise layers anew; an exported network does not say by which distributions, so
/// here every tensor keeps its numbers and loses their places. It keeps its distribution exactly, a
/// variance stays positive, and a tensor of one number, or of equal ones, stays what it is.
///
/// - Randomness: A tensor draws from a stream that follows from the seed and its name, so that it
///   is the same in whatever stages are randomised beside it. Tensors that share their memory stay
///   equal.
/// - Complexity: a pass over the weights, of which it holds a second copy.
public struct ShuffledWeights: Sendable {
  private let program: Program
  private let shuffled: [Int: Tensor]

  /// Shuffles the learnt tensors of some stages.
  ///
  /// Weights that a pass has folded or packed are not learnt tensors any more; shuffle before.
  public init(of stages: [WeightStage], in program: Program, seed: Seed) throws(TensorError) {
    self.program = program
    let slots = stages.reduce(into: Set<Int>()) { $0.formUnion($1.slots) }
    let all = RandomStream(seed)
    var byOwner: [String: Tensor] = [:]
    var shuffled: [Int: Tensor] = [:]
    for learnt in program.learntWeights where slots.contains(learnt.weight.slot) {
      if byOwner[learnt.owner] == nil { byOwner[learnt.owner] = try Self.shuffled(learnt, all) }
      shuffled[learnt.weight.slot] = byOwner[learnt.owner]
    }
    self.shuffled = shuffled
  }

  /// The program with the shuffled tensors of some stages in place of its own, which stay as they
  /// are.
  public func program(with stages: some Sequence<WeightStage>) -> Program {
    let slots = stages.reduce(into: Set<Int>()) { $0.formUnion($1.slots) }
    return program.replacing(
      weights: program.weights.map { weight in
        guard slots.contains(weight.slot), let tensor = shuffled[weight.slot] else { return weight }
        return Program.Weight(
          slot: weight.slot, name: weight.name, kind: weight.kind, tensor: tensor)
      })
  }

  private static func shuffled(
    _ learnt: Program.LearntWeight, _ all: RandomStream
  ) throws(TensorError) -> Tensor {
    let tensor = learnt.weight.tensor
    var stream = all.stream(for: Int(bitPattern: UInt(checksum(of: learnt.owner))))
    let order = stream.permutation(of: tensor.count).map(Int64.init)
    return try tensor.reshaped([-1])
      .gather(axis: 0, at: try Tensor(order, shape: [order.count]).on(tensor.device))
      .reshaped(tensor.shape)
  }

  /// FNV-1a in 64 bits; Swift's own hashes differ between runs.
  private static func checksum(of name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension Network {
  /// The same network with the shuffled tensors of some stages in place of its own.
  public func shuffling(
    _ stages: some Sequence<WeightStage>, by weights: ShuffledWeights
  ) -> Network {
    Network(self, program: weights.program(with: stages))
  }
}
