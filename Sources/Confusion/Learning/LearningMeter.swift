internal import Terms

/// Counts the steps of learning: the classes that each attempt has gathered below its top, and the
/// iterations of the final EM.
struct LearningMeter {
  private let classCount: Int
  private let iterations: Int
  private let growths: Int

  init(_ learning: TreeLearning, classCount: Int) {
    self.classCount = classCount
    iterations = learning.iterationCount
    growths = learning.attemptCount > 1 ? learning.attemptCount + 1 : 1
  }

  private var total: Int { growths * classCount + iterations }

  /// Says that so many nodes are left below the root of a growth.
  func report(top: Int, attempt: Int, to progress: ProgressHandler) throws {
    let completed = min(attempt, growths - 1) * classCount + classCount - top
    try progress(
      ProgressUpdate(completed: completed, total: total, note: "\(top) clusters at the top"))
  }

  /// Says how far the final EM has come.
  func report(iteration update: ProgressUpdate, to progress: ProgressHandler) throws {
    let completed =
      growths * classCount + (update.completed == update.total ? iterations : update.completed)
    try progress(ProgressUpdate(completed: completed, total: total, note: update.note))
  }
}
