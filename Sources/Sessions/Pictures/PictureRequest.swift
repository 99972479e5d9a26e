internal import Files
internal import Networks
internal import Report

/// A request about pictures, each of which gets a report of its own.
protocol PictureRequest: Request where Answer == PictureAnswer<Found> {
  /// What a report's manifest is.
  associatedtype Found: Sendable

  /// The pictures.
  var pictures: [String] { get }
  var network: NetworkChoice { get }
  var place: PlaceChoice { get }
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
    /// The network's file.
    let networkFile: Manifest.File
    /// The command as typed.
    let command: String
  }
}

/// Reports about pictures that were written.
public enum PictureAnswer<Found: Sendable>: Sendable {
  /// One picture was named.
  case one(WrittenReport<Found>)
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

  /// Answers about the pictures, one after another, and writes the reports.
  public func answer(in session: Session, telling: Telling) throws -> PictureAnswer<Found> {
    let picture = pictures.first ?? ""
    let folder = place.path(about: picture, suffix: suffix)
    try Claim.outputs(
      folders: [folder], existing: place.existing,
      reading: [picture] + network.inputs + otherInputs + Claim.files(namedIn: settingTexts))
    let loaded = try network.load()
    let work = try work(by: loaded, in: session)
    let target = PictureWork<Found>.Target(
      folder: folder, existing: place.existing, networkFile: try network.file(of: loaded),
      command: session.command)
    let found = try work.report(PictureFile(contentsOf: picture), target, telling)
    return .one(WrittenReport(folder: folder, manifest: found))
  }
}
