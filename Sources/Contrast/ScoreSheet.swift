internal import Saliency
internal import Tensors
internal import Terms

/// The scores of some inquiries, each once, and what their maps make of the inquiries.
struct ScoreSheet {
  /// The inquiries.
  let inquiries: [Inquiry]
  /// Every score that one of them needs.
  let scores: [Score]
  private let places: [Score: Int]

  init(_ inquiries: [Inquiry] = []) {
    self.inquiries = inquiries
    var scores: [Score] = []
    var places: [Score: Int] = [:]
    for score in inquiries.flatMap(\.scores) where places[score] == nil {
      places[score] = scores.count
      scores.append(score)
    }
    (self.scores, self.places) = (scores, places)
  }

  /// An answer to each inquiry, of the maps of ``scores``.
  func answers(from explanation: Explanation) throws -> [Answer] {
    try inquiries.map { inquiry in
      let found = inquiry.scores.compactMap { places[$0] }
      let values = found.map { explanation.scores[$0] }
      guard values.allSatisfy(\.isFinite) else { throw QuestionError.notFinite(inquiry.kind) }
      return Answer(
        inquiry: inquiry, scores: values,
        map: try inquiry.map(of: found.map { explanation.maps[$0] }))
    }
  }
}

extension Inquiry {
  /// The map that answers, of the maps of the scores.
  fileprivate func map(of maps: [SaliencyMap]) throws(TensorError) -> SaliencyMap {
    guard let contrast, contrast != .inside else { return maps[0] }
    return contrast.isDifference
      ? try maps[0].less(Array(maps.dropFirst()), raw: contrast.isRaw)
      : try maps[0].whereLow(maps[1])
  }
}
