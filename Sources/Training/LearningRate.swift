internal import Foundation

/// How the learning rate changes over a run.
enum LearningRate {
  /// Rises to 1 over the first twentieth, then falls to 0 along half a cosine: `(1 + cos πt) / 2`.
  static func schedule(_ step: Int, of total: Int) -> Double {
    let rise = max(total / 20, 1)
    let warm = min(Double(step + 1) / Double(rise), 1)
    return warm * (1 + cos(.pi * Double(step) / Double(max(total, 1)))) / 2
  }
}
