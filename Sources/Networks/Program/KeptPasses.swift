package import Tensors
internal import Terms

/// What a network has computed at one input, kept for the questions that follow.
///
/// A recorded pass holds what the walk back to its layers needs, so a further question at these layers costs its walk
/// alone. What is kept is never written to.
package final class KeptPasses: Sendable {
  /// Floating-point sums depend on the number of threads, so a pass belongs to one.
  private struct Place: Hashable {
    let slots: [Int]
    let threads: Int
  }

  /// The input; no other tensor can have its identity while it is held.
  private let input: Tensor
  /// By the number of threads.
  private let predictions = LatestValues<Int, Prediction>(upTo: 1 << 20) { 64 * $0.classes.count }
  private let passes: LatestValues<Place, RecordedPass>

  /// Keeps nothing yet.
  package init(at input: Tensor, upTo mostBytes: Int) {
    self.input = input
    passes = LatestValues(upTo: mostBytes, keepingLast: false) { $0.bytes }
  }

  /// Whether it is about an input.
  func are(at input: Tensor) -> Bool { input.identity == self.input.identity }

  /// Roughly the bytes of all passes.
  package var bytes: Int { passes.bytes }

  /// The prediction, computed where none is kept.
  func prediction(_ compute: () throws -> Prediction) rethrows -> Prediction {
    try predictions.value(of: LibTorch.threadCount, compute)
  }

  /// A pass recorded from layers on, computed where none is kept.
  func pass(at layers: [Layer], _ compute: () throws -> RecordedPass) rethrows -> RecordedPass {
    try passes.value(
      of: Place(slots: layers.map(\.slot), threads: LibTorch.threadCount), compute)
  }
}

extension Network {
  /// The same network, which keeps what it computes at the input of some passes for the questions that follow.
  ///
  /// Nothing that it answers changes, bit for bit.
  package func keeping(_ passes: KeptPasses) -> Network { Network(self, keeping: passes) }

  /// Gradients of several scores with respect to layers; see ``Program/gradients(at:input:of:)``.
  package func gradients(
    at layers: [Layer], input: Tensor, of scores: (Tensor) throws -> Tensor
  ) throws -> LayerGradients {
    guard let kept, kept.are(at: input) else {
      return try program.gradients(at: layers, input: input, of: scores)
    }
    return try kept.pass(at: layers) {
      try program.recordedPass(at: layers, inputs: program.values(input))
    }
    .gradients(at: layers, of: scores)
  }
}
