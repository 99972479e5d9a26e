internal import Contrast
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// Explains the clearest pictures of each kind of change by both networks.
struct ChangeExplaining {
  /// A network with its explainer, and what it may use.
  private struct Asked {
    let network: Network
    let chosen: ChosenExplainer
    let resources: Resources
    let place: (String) -> Int?
  }

  /// Sentences about the maps.
  let notes: [String]
  let drawing: Drawing
  private let request: Diff
  private let new: Asked
  /// `nil` where the method does not fit the old network.
  private let old: Asked?
  private let device: Device
  private let telling: Telling

  init(
    _ request: Diff, of pair: NetworkPair, in session: Session, _ telling: Telling
  ) throws {
    (self.request, self.telling, device) = (request, telling, pair.device)
    var drawing = request.drawing
    drawing.ownScale = true
    self.drawing = drawing.drawing
    func asked(_ network: Network, _ place: @escaping (String) -> Int?) throws -> Asked {
      Asked(
        network: network,
        chosen: try request.method.chosen(
          for: network, on: pair.device, seed: Seed(request.seed)),
        resources: session.resources(request.memory, beside: network), place: place)
    }
    new = try asked(pair.new, pair.inNew)
    do {
      old = try asked(pair.old, pair.inOld)
      notes = []
    } catch  where Self.isOfNetwork(error) {
      old = nil
      notes = ["The old network has no maps, because \(error)."]
      telling.note(notes[0])
    }
  }

  /// Whether the other network may be explained all the same.
  private static func isOfNetwork(_ error: any Error) -> Bool {
    if case NetworkError.unknownLayer = error { return true }
    return MethodFailure.isOfMethod(error)
  }

  /// The kinds of change, the commonest with maps.
  func explained(_ changes: [ChangeTable.Kind]) throws -> [DifferenceReport.Change] {
    let total = changes.prefix(request.kindCount).reduce(0) {
      $0 + min($1.rows.count, request.exampleCount)
    }
    let progress = total > 0 ? telling.stage("maps") : { _ in }
    var done = 0
    return try changes.enumerated().map { number, kind in
      let count = number < request.kindCount ? request.exampleCount : 0
      let examples = try kind.rows.prefix(count).enumerated().map { place, row in
        let prefix = "change-\(number + 1)/photo-\(place + 1)/"
        let picture = try PictureFile(contentsOf: row.path)
        let example = DifferenceReport.Example(
          row: row.picture, new: try answer(new, kind, picture, prefix + "new/"),
          old: try old.flatMap { try answer($0, kind, picture, prefix + "old/") })
        done += 1
        try progress(.init(completed: done, total: total))
        return example
      }
      return .init(
        old: kind.old, new: kind.new, pictures: kind.rows.map(\.picture), examples: examples)
    }
  }

  /// Why P, rather than Q, by one network; why P, where it does not know Q.
  ///
  /// - Returns: `nil` where it does not know P, or the method fails on this picture.
  private func answer(
    _ asked: Asked, _ kind: ChangeTable.Kind, _ picture: PictureFile, _ prefix: String
  ) throws -> ExplainedPicture? {
    guard let p = asked.place(kind.new) else { return nil }
    let (network, chosen) = (asked.network, asked.chosen)
    let question: Question =
      asked.place(kind.old).map { .whyRatherThan(ClassSet(p), ClassSet($0)) } ?? .why(ClassSet(p))
    let answers: Answers
    do {
      answers = try chosen.explainer.answers(
        about: network, at: network.input(from: picture.picture, on: device),
        within: asked.resources, progress: { _ in try telling.check() }
      ) { _ in
        [
          try Inquiry(
            question, defaultKind: chosen.defaultScore, classCount: network.classCount,
            head: network.head)
        ]
      }
    } catch  where MethodFailure.isOfMethod(error) {
      telling.note("\(picture.file.path) has no map (\(prefix)), because \(error)")
      return nil
    }
    return ExplainedPicture(
      prefix: prefix, picture: picture.picture, file: picture.file,
      prediction: answers.prediction,
      groups: [.init(title: "", method: chosen.method, answers: answers.all)])
  }
}
