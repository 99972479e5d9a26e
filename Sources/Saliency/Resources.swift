public import Networks

/// What a computation may use. Results do not depend on it beyond rounding.
public struct Resources: Hashable, Sendable {
  /// Bytes for activations, samples and gradients together; the network itself is not counted.
  public var memory: Int
  /// Where measured choices of the fastest form of a network are kept; without, nothing is measured
  /// and the form that is usually fastest is taken.
  public var tunings: Tunings?

  /// A budget; 1 GiB where nothing else is said.
  public init(memory: Int = 1 << 30, tunings: Tunings? = nil) {
    self.memory = memory
    self.tunings = tunings
  }

  /// How many items of a size fit, at least 1 and at most `limit`.
  public func count(ofSize bytes: Int, limit: Int) -> Int {
    max(1, min(limit, memory / max(bytes, 1)))
  }
}
