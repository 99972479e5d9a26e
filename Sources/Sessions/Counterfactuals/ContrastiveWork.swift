internal import Counterfactuals
internal import Files
internal import Foundation
internal import Imagery
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// A request about contrastive examples.
protocol ContrastiveRequest: Request {
  var picture: String { get }
  var network: NetworkChoice { get }
  var generator: String { get }
  var why: String? { get }
  var ratherThan: String? { get }
  var search: SearchChoice { get }
  var comparisons: [ComparedMethod] { get }
  var memory: Int? { get }
  var place: PlaceChoice { get }
  var seed: UInt64 { get }
  /// How a folder is called after the picture's name.
  var suffix: String { get }
}

extension ContrastiveRequest {
  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// Fails where its parts do not go together.
  func validateParts() throws {
    try network.validate()
    try search.validate()
    try MemoryChoice.check(memory)
  }

  /// Claims the folder.
  func claimed(_ telling: Telling) throws -> String {
    let folder = place.path(about: picture, suffix: suffix, for: telling.outputs)
    try Claim.outputs(
      folders: [folder], existing: place.existing,
      reading: [picture] + network.inputs + Claim.files(ofGenerator: generator),
      for: telling.outputs)
    return folder
  }

  /// Reads everything, ready to search.
  func work(in session: Session) throws -> ContrastiveWork {
    let device = try network.chosenDevice()
    let loaded = try network.load(in: session)
    try loaded.checkAnswersOnce(for: "counterfactual")
    try loaded.checkHasProbabilities(for: "counterfactual")
    return ContrastiveWork(
      network: loaded,
      generator: try Generator(contentsOf: generator).on(device),
      fact: try fact(loaded.labels), foils: try foils(loaded.labels),
      search: search.search(
        within: Resources(memory: session.resources(memory, beside: loaded).memory), seed: seed),
      device: device,
      provenance: Provenance(
        command: session.command, network: try network.file(of: loaded, in: session),
        generator: try generatorFiles(), seed: seed, machine: .init(device: device),
        paths: place.paths))
  }

  private func fact(_ labels: ClassLabels) throws -> ClassSet? {
    try why.map { try QuestionChoice.classes($0, labels) }
  }

  private func foils(_ labels: ClassLabels) throws -> ContrastiveQuestion.Foils {
    guard let ratherThan else { return .closest }
    if ratherThan == "all", (try? labels.index(of: "all")) == nil { return .all }
    return .sets([try QuestionChoice.classes(ratherThan, labels)])
  }

  /// The generator's files for a manifest.
  private func generatorFiles() throws -> [Manifest.File] {
    let card = try GeneratorCard(contentsOf: Card.path(besides: generator))
    let folder = URL(filePath: generator).deletingLastPathComponent().relativePath
    let encoder = card.encoder.map { name in
      name.hasPrefix("/") || !generator.contains("/") ? name : "\(folder)/\(name)"
    }
    return try [generator, encoder].compactMap(\.self).map {
      Manifest.File(path: $0, sha256: try SHA256.hex(ofFile: $0))
    }
  }
}

/// What a request about contrastive examples has read, ready to search.
struct ContrastiveWork {
  let network: Network
  let generator: Generator
  let fact: ClassSet?
  let foils: ContrastiveQuestion.Foils
  let search: ContrastiveSearch
  let device: Device
  let provenance: Provenance

  var answering: ComparedMethodAnswering {
    ComparedMethodAnswering(search: search, network: network, generator: generator, device: device)
  }

  /// Where a report comes from, and the settings of the search.
  func provenance(about picture: Manifest.File? = nil) -> Provenance {
    var whole = provenance
    whole.input = picture
    whole.settings = search.settings(for: generator).mapValues(SettingValue.init(reading:))
    return whole
  }
}
