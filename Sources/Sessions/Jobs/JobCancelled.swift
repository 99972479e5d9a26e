public import Terms

/// A job was asked to end before it was done.
public struct JobCancelled: Fault, Hashable {
  /// Says so.
  public init() {}

  /// It was the wish of whoever asked.
  public var kind: FaultKind { .usage }

  /// One sentence that says what happened.
  public var description: String { "the job was cancelled before it was done" }
}
