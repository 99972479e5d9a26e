internal import Terms

/// Counts the steps of learning: the classes that each attempt has gathered below its top, and the
/// iterations of the final EM.
struct LearningProgress {
  private let classCount: Int
  private let iterations: Int
  private let attempts: Int

  init(_ learning: TreeLearning, classCount: Int) {
    self.classCount = classCount
    iterations = learning.iterationCount
    attempts = learning.attemptCount > 1 ? learning.attemptCount : 0
  }

  private var total: Int { classCount + attempts * Self.attemptCost + iterations }

  /// An attempt takes about as long as so many iterations.
  private static let attemptCost = 20

  /// Says that so many nodes are left below the root.
  func report(top: Int, to progress: ProgressHandler) throws {
    try progress(
      ProgressUpdate(completed: classCount - top, total: total, note: "\(top) clusters at the top"))
  }

  /// Says that an attempt at the upper levels has been judged.
  func report(attempt: Int, to progress: ProgressHandler) throws {
    try progress(
      ProgressUpdate(
        completed: classCount + (attempt + 1) * Self.attemptCost, total: total,
        note: "attempt \(attempt + 1)"))
  }

  /// Says how far the final EM has come.
  func report(iteration update: ProgressUpdate, to progress: ProgressHandler) throws {
    let completed =
      classCount + attempts * Self.attemptCost
      + (update.completed == update.total ? iterations : update.completed)
    try progress(ProgressUpdate(completed: completed, total: total, note: update.note))
  }
}
