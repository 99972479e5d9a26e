internal import Foundation
internal import Terms

/// How far the pictures at work are, told from their threads. Sendable because every access holds the
/// lock.
///
/// A picture's maps and curves take unlike times; what share each has is learnt from the pictures
/// that are done, so that progress follows time.
final class EvaluationProgress: @unchecked Sendable {
  /// A thousandth of a picture is a step.
  static let steps = 1000

  private struct Picture {
    let mapShare: Double
    let start: Date
    var curvesStart: Date?
    var fraction = 0.0
    var note = ""
  }

  private enum Stage: Int {
    case firstMaps
    case firstCurves
    case others
  }

  private let lock = NSLock()
  private var pictures: [Int: Picture] = [:]
  private var seconds = (maps: 0.0, curves: 0.0)
  private var stage = Stage.firstMaps

  /// What the first picture's maps are taken for.
  private static let typicalMapShare = 0.05

  func begin(_ job: Int) {
    lock.withLock {
      let all = seconds.maps + seconds.curves
      pictures[job] = Picture(
        mapShare: all > 0 ? seconds.maps / all : Self.typicalMapShare, start: Date())
    }
  }

  /// A fraction of a picture's maps is there.
  func tell(_ job: Int, maps fraction: Double) {
    lock.withLock {
      guard var picture = pictures[job] else { return }
      picture.fraction = max(picture.fraction, picture.mapShare * min(fraction, 1))
      pictures[job] = picture
    }
  }

  /// Some points of a picture's curves are there.
  func tell(_ job: Int, points: ProgressUpdate) {
    lock.withLock {
      guard var picture = pictures[job] else { return }
      picture.curvesStart = picture.curvesStart ?? Date()
      if stage == .firstMaps { stage = .firstCurves }
      picture.fraction = picture.mapShare + (1 - picture.mapShare) * points.fraction
      picture.note = "\(points.completed) of \(points.total) points"
      pictures[job] = picture
    }
  }

  func end(_ job: Int) {
    lock.withLock {
      guard var picture = pictures[job] else { return }
      if let curves = picture.curvesStart {
        seconds.maps += curves.timeIntervalSince(picture.start)
        seconds.curves += Date().timeIntervalSince(curves)
        stage = .others
      }
      picture.fraction = 1
      picture.note = ""
      pictures[job] = picture
    }
  }

  /// What is done of some jobs: those before the next one are, and of the others what was told.
  func update(next: Int, jobs: Int, before: Int) -> ProgressUpdate {
    lock.withLock {
      for job in pictures.keys where job < next { pictures[job] = nil }
      let part = pictures.values.reduce(0) { $0 + $1.fraction }
      let whole = (before + next) * Self.steps
      let total = (before + jobs) * Self.steps
      // A picture is done once it is written down.
      let most = next == jobs ? total : total - 1
      return ProgressUpdate(
        completed: min(whole + Int(part * Double(Self.steps)), most), total: total,
        note: pictures.count == 1 ? pictures.values.first?.note ?? "" : "", stage: stage.rawValue)
    }
  }
}
