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
  let replicates: Int
  let provenance: Provenance
  private let pictureFolders: [String]

  /// Collects what the page shows.
  ///
  /// - Parameters:
  ///   - replicates: How often they drew pictures anew.
  ///   - pictureFolders: Where pictures are looked for by their names, to be shown small; those whose
  ///     checksum is another are not shown.
  ///   - provenance: Where it comes from; its seed is what the tables' intervals follow from.
  public init(
    of sources: [Source], tables: [EvaluationTable], replicates: Int, pictureFolders: [String],
    provenance: Provenance
  ) {
    self.sources = sources
    self.tables = tables
    self.replicates = replicates
    self.pictureFolders = pictureFolders
    self.provenance = provenance
  }

  /// About how many bytes of curves and pictures a page holds before it leaves pictures out.
  public static let dataLimit = 15_000_000

  /// Writes the folder, whole or not at all. Equal records give a page of equal bytes.
  ///
  /// - Parameter progress: Called after each picture.
  /// - Returns: The manifest.
  /// - Throws: ``FileError``, `EvaluationError`, and what `progress` throws.
  @discardableResult
  public func write(
    to path: String, existing: ExistingFiles = .refuse, progress: ProgressHandler = { _ in }
  ) throws -> EvaluationManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      try folder.write("index.html", html(progress: progress))
      let manifest = EvaluationManifest(
        header: try folder.header(.evaluation, provenance), replicates: replicates,
        runs: sources.map { .init($0, provenance.paths) })
      try folder.write(manifest)
      return manifest
    }
  }

  /// The page's text.
  ///
  /// - Parameter dataLimit: About how many bytes of curves and pictures it may hold.
  public func html(
    dataLimit: Int = EvaluationReport.dataLimit, progress: ProgressHandler = { _ in }
  ) throws -> String {
    let data = try PageData(
      sources, limit: dataLimit, paths: provenance.paths, progress: progress
    ) { small($0) }
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
