internal import Contrast
package import Networks
package import Report
package import Terms

/// One question about one input, asked in classes and not in words.
package enum OneQuestion {
  /// Answers why one rather than another, its reverse, and each alone.
  package static func answered(
    why fact: ClassSet, ratherThan foil: ClassSet, by chosen: ChosenExplainer,
    about network: Network, at input: Input
  ) throws -> (prediction: Prediction, groups: [ExplainedPicture.Group]) {
    let asked = AskedQuestion(
      fact: fact, foil: foil, value: nil, isRegression: false, contrast: .inside, kind: nil,
      classCount: network.classCount)
    let answered = try asked.answered(by: chosen, about: network, at: input)
    return (answered.prediction, answered.groups)
  }
}
