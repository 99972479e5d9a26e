public import Evaluation
public import Files
internal import Foundation
internal import Imagery
public import Terms

/// The folder that reports runs of evaluation to people: one page, which needs no other file and no
/// network connection.
public struct EvaluationReport: Sendable {
  /// A run and its numbers.
  public struct Source: Sendable {
    /// The records, for curves.
    public let run: EvaluationRun
    /// The numbers, for tables.
    public let tabled: TabledRun

    /// Joins both.
    public init(_ run: EvaluationRun, _ tabled: TabledRun) {
      (self.run, self.tabled) = (run, tabled)
    }
  }

  let sources: [Source]
  let tables: [EvaluationTable]
  let seed: Seed
  let replicates: Int
  let command: String
  let version: String
  private let pictureFolders: [String]

  /// Collects what the page shows.
  ///
  /// - Parameters:
  ///   - seed: What the tables' intervals follow from.
  ///   - replicates: How often they drew pictures anew.
  ///   - pictureFolders: Where pictures are looked for by their names, to be shown small; those whose
  ///     checksum is another are not shown.
  ///   - command: The command as typed.
  ///   - version: Rather's version.
  public init(
    of sources: [Source], tables: [EvaluationTable], seed: Seed, replicates: Int,
    pictureFolders: [String], command: String, version: String
  ) {
    self.sources = sources
    self.tables = tables
    (self.seed, self.replicates) = (seed, replicates)
    self.pictureFolders = pictureFolders
    (self.command, self.version) = (command, version)
  }

  /// About how many bytes of curves and pictures a page holds before it leaves pictures out.
  public static let dataLimit = 15_000_000

  /// Writes the folder, whole or not at all. Equal records give equal bytes.
  ///
  /// - Parameter progress: Called after each picture.
  /// - Throws: ``FileError``, `EvaluationError`, and what `progress` throws.
  public func write(
    to path: String, existing: ExistingFiles = .refuse, progress: ProgressHandler = { _ in }
  ) throws {
    try ReportFolder.check(path, existing)
    let page = try html(progress: progress)
    let folder = try ReportFolder(path)
    do {
      try folder.write("index.html", Array(page.utf8))
      try folder.commit(replacing: [], existing)
    } catch {
      folder.discard()
      throw error
    }
  }

  /// The page's text.
  ///
  /// - Parameter dataLimit: About how many bytes of curves and pictures it may hold.
  public func html(
    dataLimit: Int = EvaluationReport.dataLimit, progress: ProgressHandler = { _ in }
  ) throws -> String {
    let data = try PageData(sources, limit: dataLimit, progress: progress) { small($0) }
    return try EvaluationPage(report: self, data: data).html()
  }

  /// A small picture, where its file is found unchanged.
  private func small(_ picture: EvaluatedPicture) -> [UInt8]? {
    guard let sha256 = picture.sha256 else { return nil }
    for folder in pictureFolders {
      let path = picture.name.hasPrefix("/") ? picture.name : "\(folder)/\(picture.name)"
      // What cannot be read is not shown; the numbers do not need it.
      guard (try? SHA256.hex(ofFile: path)) == sha256, let whole = try? Picture(contentsOf: path)
      else { continue }
      let longest = max(whole.width, whole.height)
      let scale = min(1, Double(Self.smallSide) / Double(longest))
      let small = try? whole.resized(
        width: max(1, Int(Double(whole.width) * scale)),
        height: max(1, Int(Double(whole.height) * scale)))
      return try? small?.jpeg(quality: 80)
    }
    return nil
  }

  private static let smallSide = 112
}
