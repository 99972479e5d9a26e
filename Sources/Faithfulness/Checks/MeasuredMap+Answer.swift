public import Contrast
internal import Saliency
internal import Terms

extension MeasuredMap {
  /// An answer's map, as it is, and the pair of its question, whatever the score and the contrast.
  ///
  /// - Returns: `nil` for the question of a regression.
  public init?(_ answer: Answer) {
    guard let fact = answer.inquiry.question.fact else { return nil }
    self.init(answer.map.values, of: fact, against: answer.inquiry.question.foil)
  }
}
