internal import Networks
internal import Tensors
internal import Terms

/// The network's end, where relevance starts.
struct RelevanceStart {
  let network: Network
  /// What the network gave.
  let output: Tensor
  /// The logits y, `[n]`; the argument of the network's softmax where it ends in one.
  let logits: Tensor

  init(_ trace: Trace, of network: Network) throws {
    self.network = network
    output = trace.output
    let end = trace.calls.last
    let flat = end?.kind == .softmax ? end?.inputs.first ?? output : output
    logits = try flat.reshaped([-1]).converted(to: .float32)
  }

  /// The values `[S]` of scores, and their gradients at the logits, or at what these are made of, `[S, n]`.
  func gradients(of scores: [Score]) throws -> (values: Tensor, gradients: Tensor) {
    try network.checkLogits(of: scores.flatMap(\.logarithms), in: output)
    // Where logits are made of the output, the walk starts at the output.
    let isOfLogits = network.head == .choice && !network.isOfPlaces
    let leaf =
      try isOfLogits
      ? network.logits(of: output).leaf()
      : output.reshaped([1, -1]).converted(to: .float32).leaf()
    let values =
      try isOfLogits
      ? Tensor.stacked(scores.map { try $0.value(of: leaf) }).reshaped([-1])
      : Tensor.stacked(
        scores.map { try $0.value(of: network.relevanceLogits(of: leaf), under: network.head) }
      ).reshaped([-1])
    guard let found = try values.gradients(withRespectTo: [leaf])[0] else {
      throw NetworkError.noTensorOutput
    }
    return (try values.detached(), try found.reshaped([scores.count, -1]))
  }
}

/// Starts of walks that are linear in them, reduced to as few rows as they need.
///
/// Where starts lie on fewer outputs than there are starts, the walk takes one row for each of
/// those outputs, and what it finds is combined.
struct SharedStarts {
  /// What the walk starts with, `[R, n]`.
  let rows: Tensor
  private let weights: Tensor?

  /// Plans a walk of starts `[S, n]`; rows and weights have 32 bits whatever those have.
  init(_ starts: Tensor) throws(TensorError) {
    let starts = try starts.converted(to: .float32)
    let (count, width) = (starts.shape[0], starts.shape[1])
    let values = try starts.floats()
    let used = (0..<width).filter { column in
      stride(from: column, to: values.count, by: width).contains { values[$0] != 0 }
    }
    guard used.count < count, !used.isEmpty else {
      rows = starts
      weights = nil
      return
    }
    rows = try Tensor.identity(width).on(starts.device).gather(axis: 0, used)
    weights = try starts.gather(axis: 1, used)
  }

  /// What belongs to the starts, `[S, …]`, of what the walk found for its rows, `[R, …]`.
  func combined(_ found: Tensor) throws(TensorError) -> Tensor {
    let found = try found.converted(to: .float32)
    guard let weights else { return found }
    let shape = found.shape
    return try weights.matrixProduct(found.reshaped([shape[0], -1]))
      .reshaped([weights.shape[0]] + shape.dropFirst())
  }
}
