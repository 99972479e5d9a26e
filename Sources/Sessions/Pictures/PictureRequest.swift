internal import Files
internal import Networks
public import Report

/// A request about pictures, each of which gets a report of its own.
protocol PictureRequest: Request where Answer == PictureAnswer<Found> {
  /// What a report's manifest is.
  associatedtype Found: PictureManifest

  /// What people call what is done.
  static var title: String { get }
  /// The pictures: paths, folders, patterns and lists.
  var pictures: [String] { get set }
  var network: NetworkChoice { get set }
  var place: PlaceChoice { get set }
  var memory: Int? { get set }
  var seed: UInt64 { get }
  /// How a folder is called after the picture's name.
  var suffix: String { get }
  /// Texts of settings, which may name files.
  var settingTexts: [String?] { get }
  /// Other files that are read, beside the network's and the pictures.
  var otherInputs: [String?] { get }

  /// What is done about each picture by a network that was read.
  func work(by network: Network, in session: Session) throws -> PictureWork<Found>
}

/// What is done about each picture.
struct PictureWork<Found: Sendable>: Sendable {
  /// Writes the report about a picture to a folder.
  let report: @Sendable (PictureFile, Target, Telling) throws -> Found

  /// Where a report goes.
  struct Target: Sendable {
    let folder: String
    let existing: ExistingFiles
    /// Where the report comes from, but for the picture.
    let provenance: Provenance
    /// What of the report is written.
    let contents: ReportContents
  }
}

/// Reports about pictures that were written.
public enum PictureAnswer<Found: Sendable>: Sendable {
  /// One picture was named.
  case one(WrittenReport<Found>)
  /// Several were, or a folder, a pattern or a list.
  case many(WrittenSet)
}

/// The reports of several pictures that were written.
public struct WrittenSet: Sendable {
  /// The folder that holds them.
  public let folder: String
  /// What is said of all.
  public let manifest: PictureSetManifest
  /// Whether there is a page over all.
  public let hasPage: Bool
  /// How many pictures have no report, each of which was told.
  public let failed: Int
}

/// A report that was written.
public struct WrittenReport<Found: Sendable>: Sendable {
  /// Its folder.
  public let folder: String
  /// Its manifest.
  public let manifest: Found
}

extension PictureRequest {
  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// Where reports come from, but for their pictures.
  func provenance(of loaded: Network, in session: Session) throws -> Provenance {
    Provenance(
      command: session.command, network: try network.file(of: loaded, in: session), seed: seed,
      machine: .init(device: try network.chosenDevice()), paths: place.paths)
  }

  /// Answers about one picture, or about each of several, and writes the reports.
  public func answer(in session: Session, telling: Telling) throws -> PictureAnswer<Found> {
    let selection = try PictureSelection(pictures)
    guard selection.isOne, let picture = selection.paths.first else {
      return .many(try PictureSetRun(self, of: selection, in: session, telling).run())
    }
    let folder = place.path(about: picture, suffix: suffix, for: telling.outputs)
    try Claim.outputs(
      folders: [folder], existing: place.existing,
      reading: [picture] + network.inputs + otherInputs + Claim.files(namedIn: settingTexts),
      for: telling.outputs)
    let loaded = try network.load(in: session)
    let work = try work(by: loaded, in: session)
    let target = PictureWork<Found>.Target(
      folder: folder, existing: place.existing,
      provenance: try provenance(of: loaded, in: session), contents: place.contents)
    let found = try work.report(session.picture(picture), target, telling)
    return .one(WrittenReport(folder: folder, manifest: found))
  }
}
