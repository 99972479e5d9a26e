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

  /// What is left of a budget beside a network: itself, and two forms that it is made ready in.
  public init(memory: Int, beside network: Network, tunings: Tunings? = nil) {
    self = Resources(memory: memory, tunings: tunings)
      .beside(bytes: 3 * network.program.weightBytes)
  }

  /// What is left beside something that is held meanwhile.
  public func beside(bytes: Int) -> Resources {
    var left = self
    // Where hardly anything is left, the operator that passes the limit says so.
    left.memory = max(memory - bytes, memory / 8)
    return left
  }

  /// The share of each of several that work at once.
  public func divided(by count: Int) -> Resources {
    var share = self
    share.memory = memory / max(count, 1)
    return share
  }

  /// How many items of a size fit, at least 1 and at most `limit`.
  public func count(ofSize bytes: Int, limit: Int) -> Int {
    max(1, min(limit, memory / max(bytes, 1)))
  }
}
