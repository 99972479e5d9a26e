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
  /// Where the evidence for the fact, or for it rather than the foil, lies.
  public let map: SaliencyMap

  /// Joins an inquiry and the map that answers it.
  public init(inquiry: Inquiry, scores: [Float], map: SaliencyMap) {
    self.inquiry = inquiry
    self.scores = scores
    self.map = map
  }
}

/// Answers to several inquiries about one input.
public struct Answers: Sendable {
  /// What the network answered.
  public let prediction: Prediction
  /// One answer an inquiry.
  public let all: [Answer]
}

extension Explainer {
  /// Answers inquiries about one input, each score explained once and all together.
  ///
  /// Contrast inside explains the inquiry's one score. The others set maps against each other,
  ///
  ///     outside    ReLU[H_P − H_Q]
  ///     pairwise   ReLU[n·H_P − Σ H_q]    over the n parts of the foil
  ///     inverse    H_P ⊙ (1 − norm H_Q)
  ///
  /// with `H` the explainer's maps, which for `outside-raw` and `pairwise-raw` are those before a ReLU; the map at the layer is the difference before that ReLU. Inside
  /// and outside agree only where the method is linear in the score and rectifies nothing.
  ///
  /// - Parameters:
  ///   - partial: Is offered the answers by the maps so far, of a method that samples.
  ///   - inquiries: Asked when the network has answered.
  public func answers(
    about network: Network, at input: Input, within resources: Resources = Resources(),
    progress: ProgressHandler = { _ in },
    partial: ((_ soFar: () throws -> Answers) throws -> Void)? = nil,
    to inquiries: (Prediction) throws -> [Inquiry]
  ) throws -> Answers {
    var sheet = ScoreSheet()
    func answers(_ found: Explanation) throws -> Answers {
      Answers(prediction: found.prediction, all: try sheet.answers(from: found))
    }
    let handler = partial.map { partial -> PartialHandler in
      { soFar in try partial { try answers(soFar()) } }
    }
    let explanation = try maps(
      of: { prediction in
        sheet = ScoreSheet(try inquiries(prediction))
        return sheet.scores
      }, in: network, at: input, within: resources, progress: progress, partial: handler)
    return try answers(explanation)
  }

  /// The same about numbers as the network reads them, `[1, …]`.
  public func answers(
    about network: Network, at numbers: Tensor, within resources: Resources = Resources(),
    progress: ProgressHandler = { _ in },
    to inquiries: (Prediction) throws -> [Inquiry]
  ) throws -> Answers {
    try answers(
      about: network, at: network.input(numbers), within: resources, progress: progress,
      to: inquiries)
  }
}
