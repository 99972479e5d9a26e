/// How far a long computation has come.
public struct ProgressUpdate: Hashable, Sendable {
  /// Steps done.
  public let completed: Int
  /// Steps in all; the last update has `completed == total`.
  public let total: Int
  /// What is worth saying beside the bar, such as a loss; may be empty.
  public let note: String
  /// Which of several parts of the work this is, where their steps take unlike times; the speed of one
  /// part says nothing of the next.
  public let stage: Int

  /// Says how far a computation has come.
  public init(completed: Int, total: Int, note: String = "", stage: Int = 0) {
    self.completed = completed
    self.total = total
    self.note = note
    self.stage = stage
  }

  /// The same as a part of a larger work, in thousandths of that.
  public func within(_ part: ClosedRange<Double>, stage: Int = 0) -> ProgressUpdate {
    let share = part.lowerBound + (part.upperBound - part.lowerBound) * fraction
    return ProgressUpdate(
      completed: Int((1000 * share).rounded(.down)), total: 1000, note: note, stage: stage)
  }

  /// The same as one of several equal parts, which come one after the other.
  public func part(_ place: Int, of count: Int) -> ProgressUpdate {
    ProgressUpdate(completed: place * total + completed, total: count * total, note: note)
  }

  /// How much of the work is done, 0…1.
  public var fraction: Double { total > 0 ? Double(completed) / Double(total) : 0 }
}

/// Called on the working thread after each step; throwing stops the computation.
public typealias ProgressHandler = (ProgressUpdate) throws -> Void
