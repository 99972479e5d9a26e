internal import Contrast
internal import Faithfulness
internal import Imagery
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// Sanity tests of one picture after another.
struct SanityRun: Sendable {
  let request: Sanity
  let list: MethodList
  let network: Network
  let device: Device
  let resources: Resources

  private var seed: Seed { Seed(request.seed) }

  /// Tests maps of a picture, and writes the report.
  func report(
    about picture: PictureFile, to target: PictureWork<SanityManifest>.Target, telling: Telling
  ) throws -> SanityManifest {
    let input = try network.input(from: picture.picture, on: device)
    let prediction = try network.prediction(for: input)
    let asked = try asked(prediction)
    let questions = SanityQuestions(
      about: asked, classCount: network.classCount, draws: request.draws, seed: seed)
    let check = try SanityCheck(
      of: network, asking: questions, tests: tests(for: questions), stageCount: request.stages,
      comparing: request.signed ? .signed : .shown, seed: seed)
    var tested: [SanityReport.Tested] = []
    var leftOut: [(name: String, error: any Error)] = []
    for entry in list.entries {
      do {
        tested.append(try self.tested(entry, by: check, at: input, telling))
      } catch  where MethodFailure.isOfMethod(error) {
        telling.note("\(entry.name) is left out: \(error)")
        leftOut.append((entry.name, error))
      }
    }
    if tested.isEmpty, let failure = leftOut.first { throw failure.error }
    var provenance = target.provenance
    provenance.input = picture.file
    return try SanityReport(
      network: network, picture: picture.picture, prediction: prediction, question: asked,
      stages: check.stages, maps: check.maps, tested: tested,
      leftOut: leftOut.map { .init(explainer: $0.name, reason: "\($0.error)") },
      provenance: provenance
    ).write(to: target.folder, existing: target.existing, contents: target.contents)
  }

  /// The tests that were named; otherwise those that can be made about the question.
  private func tests(for questions: SanityQuestions) -> [SanityTest] {
    if let named = request.tests { return SanityTest.allCases.filter(named.contains) }
    return SanityTest.allCases.filter { test in
      // Without a foil, another fact is another class.
      if questions.asked.foil == nil, test == .randomFact { return false }
      return (try? questions.random(for: test)) != nil
    }
  }

  /// The question; without one, why the answer rather than the runner-up.
  private func asked(_ prediction: Prediction) throws -> Question {
    let typed = try request.question.asked(of: network)
    let fact = try typed.fact ?? typed.answer(prediction, network.labels)
    let isOpen = typed.fact == nil && typed.foil == nil
    let second = prediction.classes.dropFirst().first.map { ClassSet($0.index) }
    guard let foil = typed.foil ?? (isOpen ? second : nil) else { return .why(fact) }
    let asked = Question.whyRatherThan(fact, foil)
    // A mistake in the question shows before any work is done.
    _ = try typed.inquiry(asked)
    return asked
  }

  private func tested(
    _ entry: ExplainerEntry, by check: SanityCheck, at input: Input, _ telling: Telling
  ) throws -> SanityReport.Tested {
    let method = try request.methods.chosen(entry, of: list, for: network, on: device, seed: seed)
    let typed = try request.question.asked(of: network, defaultKind: method.defaultScore)
    let asked = check.questions.asked
    let progress = telling.stage(entry.title)
    let found = try check.results(
      of: method.explainer, at: input, within: resources,
      asking: { question in
        let isBare = asked.foil != nil && question.foil == nil
        return isBare ? try typed.alone(question) : try typed.inquiry(question)
      }, progress: progress)
    let inquiry = try typed.inquiry(asked)
    return .init(
      method: method.method, score: inquiry.kind.rawValue, contrast: inquiry.contrast?.rawValue,
      results: found.results)
  }
}
