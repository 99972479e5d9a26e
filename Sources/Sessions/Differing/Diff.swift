internal import Files
internal import Networks
public import Report
internal import Saliency
internal import Tensors
internal import Terms

/// Where a new network answers differently from an old one, and why, as `rather diff` shows it.
public struct Diff: Request {
  /// What commands and manifests call it.
  public static let name = "diff"

  /// The old network, its card beside it; computes where the new one does.
  public var old = NetworkChoice()
  /// The new network.
  public var new = NetworkChoice()
  /// The pictures: paths, folders, patterns and lists.
  public var pictures: [String] = []
  /// The explainer of both.
  public var method = MethodChoice()
  /// How many kinds of change are explained, the commonest ones.
  public var kindCount = 8
  /// How many pictures of each, the clearest ones.
  public var exampleCount = 2
  /// Bytes for weights, activations and samples; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// How maps are drawn; each by a scale of its own, for values of two networks cannot be compared.
  public var drawing = DrawingChoice()
  /// Where the report goes.
  public var place = PlaceChoice()
  /// What all randomness follows from.
  public var seed: UInt64 = 0

  /// Asks nothing yet.
  public init() {}

  /// Asks where a network answers differently from another.
  public init(from old: String, to new: NetworkChoice, about pictures: [String]) {
    (self.old, self.new, self.pictures) = (NetworkChoice(old), new, pictures)
  }

  /// The new network's number of threads.
  public var threads: Int? { new.threads }

  /// Where a report was written, and what it says.
  public struct Answer: Sendable {
    /// The report's folder.
    public let folder: String
    /// What it says, for programs.
    public let manifest: DifferenceManifest
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try old.validate()
    try new.validate()
    for (name, count) in [("--kinds", kindCount), ("--show", exampleCount)]
    where !(0...1000).contains(count) {
      throw RequestFault.unfit("\(name) must be from 0 to 1000")
    }
    try MemoryChoice.check(memory)
  }

  /// Asks both networks about each picture, explains the clearest changes, and writes the report.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let selection = try PictureSelection(pictures)
    let folder = place.path(about: new.model, suffix: "diff", for: telling.outputs)
    try Claim.outputs(
      folders: [folder], existing: place.existing,
      reading: selection.paths + selection.lists + old.inputs + new.inputs
        + Claim.files(namedIn: [method.settings]), for: telling.outputs)
    selection.notes.forEach(telling.note)
    let pair = try networks(in: session)
    // What no network could be explained by ends the command before all pictures are asked about.
    let explaining = try ChangeExplaining(self, of: pair, in: session, telling)
    let (found, failures) = try AnswerRun(pair: pair, selection: selection, telling: telling).rows()
    let table = ChangeTable(found)
    let changes = try explaining.explained(table.changes)
    let manifest = try DifferenceReport(
      old: .init(pair.old, old.file(of: pair.old, in: session)),
      new: .init(pair.new, new.file(of: pair.new, in: session)), counts: table.counts,
      onlyOld: pair.onlyOld, onlyNew: pair.onlyNew, changes: changes, failures: failures,
      notes: explaining.notes, drawing: explaining.drawing,
      provenance: Provenance(
        command: session.command, seed: seed, machine: .init(device: try new.chosenDevice()),
        paths: place.paths)
    ).write(to: folder, existing: place.existing, contents: place.contents)
    return Answer(folder: folder, manifest: manifest)
  }

  private func networks(in session: Session) throws -> NetworkPair {
    var old = old
    (old.device, old.threads) = (new.device, new.threads)
    let pair = try NetworkPair(
      old: old.load(in: session), new: new.load(in: session), device: new.chosenDevice())
    try pair.check()
    return pair
  }
}
