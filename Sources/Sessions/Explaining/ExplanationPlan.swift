internal import Imagery
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// One stage of an explanation: something that is asked of the network about a picture.
protocol ExplanationStage: Sendable {
  /// Adds what it finds to a draft.
  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws
}

/// How a picture is explained, stage by stage.
///
/// With a question or without one, with clusters or without them, an explanation is a list of stages, each of
/// which knows what those before it found; one report is made of what all of them found.
struct ExplanationPlan: Sendable {
  let network: Network
  let input: @Sendable (PictureFile) throws -> WarmInput
  let resources: Resources
  let places: QuestionPlaces
  let stages: [any ExplanationStage]

  /// - Parameters:
  ///   - choice: How the network was chosen.
  ///   - region: What the network is shown of pictures.
  ///   - places: Where in pictures is asked.
  init(
    asking network: Network, chosenBy choice: NetworkChoice, seeing region: SeenRegion?,
    at places: QuestionPlaces, memory: Int?, in session: Session, stages: [any ExplanationStage]
  ) {
    (self.network, self.places, self.stages) = (network, places, stages)
    input = { try session.input(of: $0, for: choice, seeing: region, by: network) }
    resources = session.resources(memory, beside: network)
  }

  /// Goes through the stages for one picture.
  func draft(about picture: PictureFile, telling: Telling) throws -> ExplanationDraft {
    let asked = try input(picture)
    let places = try places.found(for: asked.network, at: asked.input, of: picture.picture)
    var draft = ExplanationDraft(
      network: places?.network ?? asked.network, resources: resources, picture: picture,
      input: asked.input)
    draft.places = places?.places
    if let note = places?.note { draft.notes.append(note) }
    for stage in stages {
      try telling.check()
      try stage.explain(&draft, telling: telling)
    }
    return draft
  }
}

/// What the stages of an explanation have found.
struct ExplanationDraft {
  let network: Network
  let resources: Resources
  let picture: PictureFile
  let input: Input
  /// What the network answered, once it was asked.
  var prediction: Prediction?
  /// What the page is headed by.
  var title = "No answer"
  /// Sentences about the answers.
  var notes: [String] = []
  /// Where the network was asked, if it answers for each place.
  var places: Manifest.Places?
  /// How the whole output was explained, where it was by a scheme.
  var scheme: Manifest.Scheme?
  var clusters: [[Manifest.Class]]?
  var groups: [ExplainedPicture.Group] = []
  var checks: MapChecks?

  init(network: Network, resources: Resources, picture: PictureFile, input: Input) {
    (self.network, self.resources, self.picture, self.input) = (
      network, resources, picture, input
    )
  }

  /// The same with the answers to a question.
  func adding(_ answered: QuestionPlan.Answered) -> ExplanationDraft {
    var draft = self
    draft.prediction = answered.prediction
    draft.groups += answered.groups
    return draft
  }

  /// The maps so far.
  func partial() throws -> PartialMaps {
    try PartialMaps(of: explained(), by: network)
  }

  /// The picture with its answers.
  func explained(prefix: String = "") throws -> ExplainedPicture {
    guard let prediction else { throw NothingAnswered() }
    var explained = ExplainedPicture(
      prefix: prefix, picture: picture.picture, file: picture.file, prediction: prediction,
      note: notes.joined(separator: " "), scheme: scheme, clusters: clusters, groups: groups)
    explained.checks = checks
    explained.places = places
    return explained
  }
}

/// A plan had no stage that asks the network.
private struct NothingAnswered: Fault {
  var kind: FaultKind { .defect }
  var description: String { "no stage of the plan asked the network, which is a defect of Rather" }
}

extension PictureWork where Found == Manifest {
  /// Explains each picture by a plan, and writes a report of maps.
  static func explaining(
    by plan: ExplanationPlan, drawing: Drawing, as kind: ManifestKind = .explanation
  ) -> PictureWork<Manifest> {
    PictureWork { picture, target, telling in
      let draft = try plan.draft(about: picture, telling: telling)
      return try Report(
        title: draft.title, kind: kind, network: plan.network, pictures: [draft.explained()],
        drawing: drawing, provenance: target.provenance
      ).write(to: target.folder, existing: target.existing, contents: target.contents)
    }
  }
}
