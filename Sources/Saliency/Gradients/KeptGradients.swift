internal import Tensors

/// Gradients of scores at places of their paths, as many as there is room for.
struct KeptGradients {
  /// For each score, `[…]` by place.
  private var gradients: [[Double: Tensor]]
  private var room: Int

  /// - Parameter room: How many gradients are kept at most, all scores together.
  init(scores: Int, room: Int) {
    gradients = Array(repeating: [:], count: scores)
    self.room = room
  }

  /// Keeps a gradient if there is room.
  mutating func keep(
    of score: Int, at place: Double, _ gradient: () throws -> Tensor
  ) rethrows {
    guard room > 0 else { return }
    gradients[score][place] = try gradient()
    room -= 1
  }

  /// The weighted sum of a score's kept gradients, `nil` for none, and the weights of the others.
  func sum(
    of score: Int, weights: [Double: Double]
  ) throws(TensorError) -> (sum: Tensor?, missing: [Double: Double]) {
    var sum: Tensor?
    var missing: [Double: Double] = [:]
    // In order, so that equal runs give equal bytes.
    for (place, weight) in weights.sorted(by: { $0.key < $1.key }) {
      guard let gradient = gradients[score][place] else {
        missing[place] = weight
        continue
      }
      let part = try gradient * Float(weight)
      sum = try sum.map { a throws(TensorError) in try a + part } ?? part
    }
    return (sum, missing)
  }
}
