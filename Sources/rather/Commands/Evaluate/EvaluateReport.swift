import ArgumentParser
import Evaluation
import Files
import Foundation
import Report
import Terms

/// `rather evaluate report`: what runs come to.
struct EvaluateReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes tables, files and a page of runs, which may still be going on.",
    discussion: """
      Prints tables in the layout of tables 1 to 3 of Xie et al. 2023, and one for each measure of \
      curves over whole pictures. Several runs, such as those of two networks, stand side by side \
      under the names of their folders. Rows are compared with the first: the first scheme, or \
      explainer, of the first run.

        rather evaluate report run
        rather evaluate report resnet50 googlenet --csv maps.csv --parquet maps.parquet
        rather evaluate report run --html page --images photos
      """)

  @Argument(help: ArgumentHelp("Folders that `rather evaluate` wrote.", valueName: "run"))
  var runs: [String]

  @Option(help: ArgumentHelp("Write a table with one row per map as CSV.", valueName: "file.csv"))
  var csv: String?

  @Option(help: ArgumentHelp("Write the same table as Apache Parquet.", valueName: "file.parquet"))
  var parquet: String?

  @Option(
    help: ArgumentHelp("Write a page with the curves of every picture.", valueName: "folder"))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Where the pictures are, for thumbnails in the page; may be repeated. (default: "
        + "the current folder)", valueName: "folder"))
  var images: [String] = []

  @Option(help: "The number that the resampling of intervals follows from.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("How often pictures are resampled for intervals.", valueName: "count"))
  var replicates = 2000

  @Flag(help: "Print JSON instead of tables: {replicates, runs, seed, tables}.")
  var json = false

  @OptionGroup var overwriting: OverwritingOption

  func validate() throws {
    if replicates < 1 { throw ValidationError("--replicates must be 1 or more") }
    if overwriting.force && csv == nil && parquet == nil && html == nil {
      throw ValidationError("--force does nothing without --csv, --parquet or --html")
    }
    if !images.isEmpty && html == nil {
      throw ValidationError("--images does nothing without --html")
    }
    if let csv, let parquet, Self.resolved(csv) == Self.resolved(parquet) {
      throw ValidationError("--csv and --parquet name one file")
    }
    if Set(runs.map(Self.resolved)).count < runs.count {
      throw ValidationError("a run is named twice; name each once")
    }
  }

  func run() throws {
    let read = runs.flatMap { run in ["", "-wal", "-shm"].map { "\(run)/records.sqlite\($0)" } }
    try overwriting.check([csv, parquet], folders: [html], beside: read)
    let existing = overwriting.existing
    let sources = try zip(runs, Self.titles(of: runs)).map { path, title in
      let run = try EvaluationRun.open(path)
      let meter = Meter("reading \(title)")
      return EvaluationReport.Source(
        run, try TabledRun(run, title: title) { meter.show($0) })
    }
    let tabled = sources.map(\.tabled)
    let meter = Meter("resampling")
    let tables = try EvaluationTables(of: tabled, seed: Seed(seed), replicates: replicates)
      .tables { meter.show($0) }
    let pictures = sources.flatMap { source in
      images.flatMap { folder in source.run.pictures.map { "\(folder)/\($0.name)" } }
    }
    try overwriting.check([csv, parquet], folders: [html], beside: read + pictures)
    try writeRecords(of: tabled)
    if let html {
      let meter = Meter("page")
      try EvaluationReport(
        of: sources, tables: tables, seed: Seed(seed), replicates: replicates,
        pictureFolders: images.isEmpty ? ["."] : images, command: CommandLine.quoted,
        version: Rather.version
      ).write(to: html, existing: existing) { meter.show($0) }
    }
    if json {
      try Console.json(
        EvaluationJSON(sources, tables: tables, seed: seed, replicates: replicates))
    } else {
      let text = EvaluationText(tabled, tables, seed: seed, replicates: replicates)
      for line in text.lines { Console.show(line) }
    }
    for path in [csv, parquet, html.map { "\($0)/index.html" }].compactMap(\.self) {
      Console.message("wrote \(path)")
    }
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
