public import Networks
public import Saliency
public import Tensors
public import Terms

/// A map that answers an inquiry.
public struct Answer: Sendable {
  /// What was asked, and how it was to be answered.
  public let inquiry: Inquiry
  /// The values of the inquiry's scores.
  public let scores: [Float]
  /// The evidence.
  public let map: SaliencyMap

  /// Joins an inquiry and the map that answers it.
  public init(inquiry: Inquiry, scores: [Float], map: SaliencyMap) {
    self.inquiry = inquiry
    self.scores = scores
    self.map = map
  }
}

/// Answers to several inquiries about one picture.
public struct Answers: Sendable {
  /// What the network answered.
  public let prediction: Prediction
  /// One answer an inquiry.
  public let all: [Answer]
}

extension Explainer {
  /// Answers inquiries about one picture, each score explained once and all together.
  ///
  /// Contrast inside explains the inquiry's one score. Contrast outside is
  ///
  ///     ReLU[H_P − H_Q]
  ///
  /// with `H` the explainer's maps of fact and foil; its map at the layer is the difference before
  /// that ReLU. The two agree only where the method is linear in the score and rectifies nothing.
  ///
  /// - Parameter inquiries: Asked when the network has answered.
  public func answers(
    about network: Network, at input: Tensor, within resources: Resources = Resources(),
    progress: ProgressHandler = { _ in },
    to inquiries: (Prediction) throws -> [Inquiry]
  ) throws -> Answers {
    var asked: [Inquiry] = []
    var places: [Score: Int] = [:]
    let explanation = try maps(
      of: { prediction in
        asked = try inquiries(prediction)
        var scores: [Score] = []
        for score in asked.flatMap(\.scores) where places[score] == nil {
          places[score] = scores.count
          scores.append(score)
        }
        return scores
      }, in: network, at: input, within: resources, progress: progress)
    let all = try asked.map { inquiry in
      let found = inquiry.scores.compactMap { places[$0] }
      let values = found.map { explanation.scores[$0] }
      guard values.allSatisfy(\.isFinite) else { throw QuestionError.notFinite(inquiry.kind) }
      let maps = found.map { explanation.maps[$0] }
      return Answer(
        inquiry: inquiry, scores: values,
        map: maps.count == 2 ? try SaliencyMap.difference(of: maps[0], and: maps[1]) : maps[0])
    }
    return Answers(prediction: explanation.prediction, all: all)
  }
}
