internal import Tensors

extension Program {
  /// How many numbers a run computes for one input, by the declared shapes.
  ///
  /// A run recorded for gradients keeps at most these.
  public var activationCount: Int {
    let given = Set(weights.map(\.slot))
    return slots.enumerated().reduce(0) { sum, place in
      guard let shape = place.element.shape, !given.contains(place.offset) else { return sum }
      return sum + shape.dropFirst().reduce(1) { $0 * ($1 ?? 1) }
    }
  }

  /// The bytes of the tensors that came with the program.
  public var weightBytes: Int {
    var seen: Set<ObjectIdentifier> = []
    return weights.filter { seen.insert($0.tensor.identity).inserted }
      .reduce(0) { $0 + $1.tensor.byteCount }
  }

  /// The longest batch that the network takes at once; `nil` where any length will do.
  public var batchLength: Int? { inputShape.first.flatMap(\.self) }
}
