public import Networks
public import Terms

/// The questions that explain a whole output when none is asked.
///
/// Each of the likeliest classes against the others of them, and then each alone (SWOX). A sure
/// network's answer is set against the runner-up.
public struct WholeOutput: Sendable {
  /// The likeliest classes, likeliest first; two at least where the network has two. Of labels that are each
  /// there or not, those above the threshold.
  public let classes: [Prediction.Class]

  /// Chooses the classes: K = min(limit, Cum(mass)).
  public init(of prediction: Prediction, mass: Float = 0.95, limit: Int = 5) {
    let chosen = prediction.likeliest(mass: mass, limit: limit)
    classes =
      chosen.count > 1 || prediction.threshold != nil
      ? chosen : Array(prediction.classes.prefix(2))
  }

  /// For each class: why it, rather than the others?
  public var contrasts: [Question] {
    classes.compactMap { fact in
      ClassSet(classes.map(\.index).filter { $0 != fact.index }).map {
        .whyRatherThan(ClassSet(fact.index), $0)
      }
    }
  }

  /// For each class: why it?
  public var plain: [Question] { classes.map { .why(ClassSet($0.index)) } }
}
