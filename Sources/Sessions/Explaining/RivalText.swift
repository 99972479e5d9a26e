internal import Contrast
internal import Networks
internal import Report
internal import Terms

/// What is said of classes that were added to a whole output so that others can be set against them.
struct RivalText {
  private let answer: WholeAnswer
  private let plan: WholeOutputPlan
  private let labels: ClassLabels

  init(_ answer: WholeAnswer, _ plan: WholeOutputPlan, _ labels: ClassLabels) {
    (self.answer, self.plan, self.labels) = (answer, plan, labels)
  }

  /// That one class or cluster is all that is likely, and what was added to it, and how improbable that is.
  var sentences: [String] {
    let likely = answer.prediction.likeliest(mass: plan.mass, limit: plan.limit)
    let isSure = likely.reduce(0) { $0 + $1.probability } > max(plan.mass, 0.5)
    let mass = ChanceText.of(plan.mass)
    if answer.rivals.isEmpty {
      return likely.count == 1 && isSure ? [sure(of: likely[0], mass)] : []
    }
    let isOne = answer.rivals.count == 1
    let names = answer.rivals.map { "\(labels[$0.index]) (\(chance($0)), \(role($0)))" }
    return [
      likely.count == 1
        ? isSure
          ? sure(of: likely[0], mass)
          : "\(labels[likely[0].index]) (\(ChanceText.of(likely[0].probability))) alone exceeds \(mass)."
        : isSure
          ? "The network is sure of one cluster: its \(likely.count) likeliest classes, which exceed \(mass) together, "
            + "are all in it."
          : "The \(likely.count) likeliest classes are in one cluster.",
      "So that \(likely.count == 1 ? "it" : "they") can be set against something, "
        + "\(isOne ? "a rival was" : "the nearest rivals were") added"
        + (isSure ? ", improbable as \(isOne ? "it is" : "they are")" : "")
        + ": \(names.joined(separator: " and ")).",
    ]
  }

  private func sure(of one: Prediction.Class, _ mass: String) -> String {
    "The network is sure of \(labels[one.index]) (\(ChanceText.of(one.probability))): no other class is needed to "
      + "exceed \(mass)."
  }

  /// What stands under the row of a cluster that holds nothing but a class that was added.
  func caption(of classes: [Int]) -> String {
    guard classes.count == 1, let rival = answer.rivals.first(where: { $0.index == classes[0] })
    else { return "" }
    return
      "Added so that the likely classes can be set against it; its own probability is \(chance(rival))."
  }

  private func chance(_ rival: AddedRival) -> String {
    ChanceText.of(Manifest.Rival(rival, in: answer.prediction).probability)
  }

  /// What it is the likeliest of.
  private func role(_ rival: AddedRival) -> String {
    switch rival.role {
    case .runnerUp:
      plan.scheme.hasTwoStages
        ? "the likeliest other class of its cluster" : "the likeliest other class"
    case .otherCluster: "the likeliest class of another cluster"
    }
  }
}
