/// What a run of documents found of an earlier one's work.
public struct TakenUp: Hashable, Sendable {
  /// How many pictures need not be done again.
  public var done = 0
  /// How many lines of the work say nothing that a run wrote; their pictures are done again.
  public var damaged = 0
  /// How many pictures are other files than those that were read; they are done again.
  public var changed = 0

  /// Nothing was found.
  public init() {}
}
