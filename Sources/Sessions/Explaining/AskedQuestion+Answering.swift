internal import Contrast
internal import Imagery
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

extension AskedQuestion {
  /// Answers to the question about one picture, grouped as the page shows them.
  struct Answered {
    let prediction: Prediction
    let groups: [ExplainedPicture.Group]
  }

  /// Asks the question of a network about a picture.
  ///
  /// - Parameter prefix: What stands before the keys of the maps.
  func answered(
    by chosen: ChosenExplainer, about network: Network, at input: Tensor, prefix: String = "",
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> Answered {
    var asked: [Group] = []
    let answers = try chosen.explainer.answers(
      about: network, at: input, within: resources, progress: progress
    ) {
      asked = try groups($0, network.labels)
      return asked.flatMap(\.inquiries)
    }
    var rest = answers.all[...]
    let grouped = asked.map { group in
      defer { rest = rest.dropFirst(group.inquiries.count) }
      return ExplainedPicture.Group(
        title: group.title, method: chosen.method, prefix: prefix,
        answers: Array(rest.prefix(group.inquiries.count)))
    }
    return Answered(prediction: answers.prediction, groups: grouped)
  }
}
