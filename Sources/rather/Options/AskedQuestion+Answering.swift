import Contrast
import Imagery
import Networks
import Report
import Saliency

extension AskedQuestion {
  /// Answers to the question about one picture, grouped as the page shows them.
  struct Answered {
    let prediction: Prediction
    let groups: [ExplainedPicture.Group]
  }

  /// Asks the question of a network about a picture.
  func answered(
    by explainer: some Explainer, about network: Network, at picture: Picture
  ) throws -> Answered {
    var asked: [Group] = []
    let answers = try explainer.answers(
      about: network, at: network.card.input.input(from: picture)
    ) {
      asked = try groups($0, network.labels)
      return asked.flatMap(\.inquiries)
    }
    var rest = answers.all[...]
    let grouped = asked.map { group in
      defer { rest = rest.dropFirst(group.inquiries.count) }
      return ExplainedPicture.Group(
        title: group.title, answers: Array(rest.prefix(group.inquiries.count)))
    }
    return Answered(prediction: answers.prediction, groups: grouped)
  }
}
