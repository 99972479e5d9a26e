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
    by chosen: ChosenExplainer, about network: Network, at input: Input, prefix: String = "",
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> Answered {
    var asked: [Group] = []
    let answers = try chosen.explainer.answers(
      about: network, at: input, within: resources, progress: progress
    ) {
      asked = try groups($0, network.labels)
      return asked.flatMap(\.inquiries)
    }
    let parts = try answers.all.parted(like: asked.map(\.inquiries))
    let grouped = asked.indices.map { place in
      ExplainedPicture.Group(
        title: asked[place].title, method: chosen.method, prefix: prefix, answers: parts[place])
    }
    return Answered(prediction: answers.prediction, groups: grouped)
  }
}
