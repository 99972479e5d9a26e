internal import Contrast
internal import Imagery
package import Networks
package import Report
internal import Saliency
internal import Tensors
package import Terms

extension QuestionPlan {
  /// Answers to the question about one picture, grouped as the page shows them.
  struct Answered {
    let prediction: Prediction
    let groups: [ExplainedPicture.Group]
  }

  /// Asks the question of a network about a picture.
  ///
  /// - Parameters:
  ///   - prefix: What stands before the keys of the maps.
  ///   - partial: Is offered the answers so far, of a method that samples.
  func answered(
    by chosen: ChosenExplainer, about network: Network, at input: Input, prefix: String = "",
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in },
    partial: ((_ soFar: () throws -> Answered) throws -> Void)? = nil
  ) throws -> Answered {
    var asked: [Group] = []
    func grouped(_ answers: Answers) throws -> Answered {
      let parts = try answers.all.parted(like: asked.map(\.inquiries))
      let grouped = asked.indices.map { place in
        ExplainedPicture.Group(
          title: asked[place].title, method: chosen.method, prefix: prefix, answers: parts[place])
      }
      return Answered(prediction: answers.prediction, groups: grouped)
    }
    return try grouped(
      chosen.explainer.answers(
        about: network, at: input, within: resources, progress: progress,
        partial: partial.map { partial in { soFar in try partial { try grouped(soFar()) } } }
      ) {
        asked = try groups($0, network.labels)
        return asked.flatMap(\.inquiries)
      })
  }
}

/// One question about one input, asked in classes and not in words.
package enum OneQuestion {
  /// Answers why one rather than another, its reverse, and each alone.
  package static func answered(
    why fact: ClassSet, ratherThan foil: ClassSet, by chosen: ChosenExplainer,
    about network: Network, at input: Input
  ) throws -> (prediction: Prediction, groups: [ExplainedPicture.Group]) {
    let asked = QuestionPlan(
      fact: fact, foil: foil, value: nil, isRegression: false, contrast: .inside, kind: nil,
      classCount: network.classCount, head: network.head)
    let answered = try asked.answered(by: chosen, about: network, at: input)
    return (answered.prediction, answered.groups)
  }
}
