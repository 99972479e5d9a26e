internal import Foundation
package import Tensors

/// What a network has computed at one input, kept for the questions that follow.
///
/// A recorded pass holds what the walk back to its layers needs, so a further question at these layers costs its walk
/// alone. Sendable because every access holds the lock, and what is kept is never written to.
package final class KeptPasses: @unchecked Sendable {
  /// Floating-point sums depend on the number of threads, so a pass belongs to one.
  private struct Place: Hashable {
    let slots: [Int]
    let threads: Int
  }

  /// The input; no other tensor can have its identity while it is held.
  private let input: Tensor
  private let lock = NSLock()
  private var predictions: [Int: Prediction] = [:]
  /// The one that was wanted last is last.
  private var passes: [(place: Place, pass: RecordedPass)] = []
  /// The most that passes may take.
  private let mostBytes: Int

  /// Keeps nothing yet.
  package init(at input: Tensor, upTo mostBytes: Int) {
    (self.input, self.mostBytes) = (input, mostBytes)
  }

  /// Whether it is about an input.
  func are(at input: Tensor) -> Bool { input.identity == self.input.identity }

  /// Roughly the bytes of all passes.
  package var bytes: Int { lock.withLock { passes.reduce(0) { $0 + $1.pass.bytes } } }

  /// The prediction, computed where none is kept.
  func prediction(_ compute: () throws -> Prediction) rethrows -> Prediction {
    let threads = LibTorch.threadCount
    if let known = lock.withLock({ predictions[threads] }) { return known }
    let made = try compute()
    lock.withLock { predictions[threads] = made }
    return made
  }

  /// A pass recorded from layers on, computed where none is kept.
  func pass(at layers: [Layer], _ compute: () throws -> RecordedPass) rethrows -> RecordedPass {
    let place = Place(slots: layers.map(\.slot), threads: LibTorch.threadCount)
    if let known = lock.withLock({ taken(place) }) { return known }
    let made = try compute()
    guard made.bytes <= mostBytes else { return made }
    lock.withLock {
      if passes.contains(where: { $0.place == place }) { return }
      passes.append((place, made))
      while passes.reduce(0, { $0 + $1.pass.bytes }) > mostBytes { passes.removeFirst() }
    }
    return made
  }

  private func taken(_ place: Place) -> RecordedPass? {
    guard let found = passes.firstIndex(where: { $0.place == place }) else { return nil }
    let one = passes.remove(at: found)
    passes.append(one)
    return one.pass
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
