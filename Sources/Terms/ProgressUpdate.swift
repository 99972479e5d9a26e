/// How far a long computation has come.
public struct ProgressUpdate: Hashable, Sendable {
  /// Steps done.
  public let completed: Int
  /// Steps in all; the last update has `completed == total`.
  public let total: Int
  /// What is worth saying beside the bar, such as a loss; may be empty.
  public let note: String

  /// Makes an update.
  public init(completed: Int, total: Int, note: String = "") {
    self.completed = completed
    self.total = total
    self.note = note
  }
}

/// Called on the working thread after each step; throwing stops the computation.
public typealias ProgressHandler = (ProgressUpdate) throws -> Void
