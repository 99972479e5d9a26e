internal import Evaluation
internal import HTTPTypes
internal import Report
internal import Terms

/// The curves of one picture of a run.
struct PictureCurves: Encodable, Sendable {
  struct Pair: Encodable {
    let question: String
    /// By method; `nil` where its map was not measured.
    let curves: [MethodCurves?]
  }

  let name: String
  /// The id of the input that is the same picture; `nil` where there is none.
  var input: String?
  let pairs: [Pair]

  /// - Throws: ``Refusal`` where the run has no such picture.
  init(_ source: EvaluationReport.Source, at place: Int) throws {
    guard source.run.pictures.indices.contains(place) else {
      throw Refusal(.notFound, "the run has no picture \(place)")
    }
    let picture = source.run.pictures[place]
    name = picture.name
    pairs = try source.run.pairs(of: picture).map { pair in
      Pair(
        question: Self.question(pair.pair, source.tabled.labels),
        curves: pair.curves.map { $0.map(MethodCurves.init) })
    }
  }

  static func question(_ pair: EvaluatedPicture.Pair, _ labels: ClassLabels) -> String {
    "\(labels[pair.fact]), rather than \(pair.foil.map { labels[$0] }.joined(separator: " or "))"
  }
}
