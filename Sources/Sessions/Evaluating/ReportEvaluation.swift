public import Evaluation
internal import Files
internal import Foundation
public import Report
internal import Terms

/// What runs come to, in tables, files and a page, as `rather evaluate report` makes them.
public struct ReportEvaluation: Request {
  /// What commands and manifests call it.
  public static let name = "evaluate report"

  /// Folders of runs.
  public var runs: [String] = []
  /// A file for a table with one row per map, as CSV.
  public var csv: String?
  /// A file for the same table as Apache Parquet.
  public var parquet: String?
  /// A folder for a page with the curves of every picture.
  public var html: String?
  /// Where the pictures are, for thumbnails in the page; the folder that the process works in where none is named.
  public var pictureFolders: [String] = []
  /// What the resampling of intervals follows from.
  public var seed: UInt64 = 0
  /// How often pictures are resampled for intervals.
  public var replicates = 2000
  /// Whether files and a folder that are there are written over.
  public var force = false
  /// Whether the page and its manifest hold whole paths, and not only the names of files.
  public var fullPaths = false

  /// Asks nothing yet.
  public init() {}

  /// What runs come to.
  public struct Answer: Sendable {
    /// The runs.
    public let sources: [EvaluationReport.Source]
    /// Their tables.
    public let tables: [EvaluationTable]
    /// What was written.
    public let written: [String]
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    func fail(_ sentence: String) -> RequestFault { .unfit(sentence) }
    if replicates < 1 { throw fail("--replicates must be 1 or more") }
    if force && csv == nil && parquet == nil && html == nil {
      throw fail("--force does nothing without --csv, --parquet or --html")
    }
    if !pictureFolders.isEmpty && html == nil { throw fail("--images does nothing without --html") }
    if fullPaths && html == nil { throw fail("--full-paths does nothing without --html") }
    if let csv, let parquet, Self.resolved(csv) == Self.resolved(parquet) {
      throw fail("--csv and --parquet name one file")
    }
    if Set(runs.map(Self.resolved)).count < runs.count {
      throw fail("a run is named twice; name each once")
    }
  }

  /// Reads the runs and makes everything.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let existing: ExistingFiles = force ? .overwrite : .refuse
    let read = runs.flatMap { run in ["", "-wal", "-shm"].map { "\(run)/records.sqlite\($0)" } }
    func claim(_ more: [String] = []) throws {
      try Claim.outputs(
        files: [csv, parquet], folders: [html], existing: existing, reading: read + more,
        for: telling.outputs)
    }
    try claim()
    let sources = try zip(runs, Self.titles(of: runs)).map { path, title in
      let run = try EvaluationRun.open(path)
      return EvaluationReport.Source(
        run, try TabledRun(run, title: title, progress: telling.stage("reading \(title)")))
    }
    let tabled = sources.map(\.tabled)
    let tables = try EvaluationTables(of: tabled, seed: Seed(seed), replicates: replicates)
      .tables(progress: telling.stage("resampling"))
    try claim(
      sources.flatMap { source in
        pictureFolders.flatMap { folder in source.run.pictures.map { "\(folder)/\($0.name)" } }
      })
    try writeRecords(of: tabled)
    if let html {
      try EvaluationReport(
        of: sources, tables: tables, replicates: replicates,
        pictureFolders: pictureFolders.isEmpty ? ["."] : pictureFolders,
        provenance: Provenance(
          command: session.command, seed: seed, paths: fullPaths ? .full : .names)
      ).write(to: html, existing: existing, progress: telling.stage("page"))
    }
    return Answer(
      sources: sources, tables: tables,
      written: [csv, parquet, html.map { "\($0)/index.html" }].compactMap(\.self))
  }

  /// Writes rows; neither file appears before both are written.
  private func writeRecords(of runs: [TabledRun]) throws {
    if csv == nil && parquet == nil { return }
    let table = try EvaluationRecords.table(of: runs)
    let files: [(path: String, bytes: [UInt8])?] = [
      csv.map { ($0, CSV.bytes(of: table)) },
      try parquet.map { ($0, try Parquet.bytes(of: table)) },
    ]
    try WholeFile.write(files.compactMap(\.self))
  }

  /// What runs are called: their folders' names, or where two have one name, as they were typed.
  static func titles(of paths: [String]) -> [String] {
    let names = paths.map { URL(filePath: resolved($0)).lastPathComponent }
    return zip(paths, names).map { path, name in
      names.count { $0 == name } > 1 ? path : name
    }
  }

  private static func resolved(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
