import ArgumentParser
import Evaluation
import Report
import Sessions

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
  var seed = ReportEvaluation().seed

  @Option(
    help: ArgumentHelp("How often pictures are resampled for intervals.", valueName: "count"))
  var replicates = ReportEvaluation().replicates

  @Flag(help: "Print JSON instead of tables: {replicates, runs, seed, tables}.")
  var json = false

  @OptionGroup var overwriting: OverwritingOption
  @OptionGroup var paths: PathsOption

  func validate() throws { try usage { try request.validate() } }

  private var request: ReportEvaluation {
    var request = ReportEvaluation()
    (request.runs, request.pictureFolders) = (runs, images)
    (request.csv, request.parquet, request.html) = (csv, parquet, html)
    (request.seed, request.replicates) = (seed, replicates)
    (request.force, request.fullPaths) = (overwriting.force, paths.fullPaths)
    return request
  }

  func run() throws {
    let answer = try request.answered()
    if json {
      try Console.json(
        EvaluationJSON(answer.sources, tables: answer.tables, seed: seed, replicates: replicates))
    } else {
      let tabled = answer.sources.map(\.tabled)
      let text = EvaluationText(tabled, answer.tables, seed: seed, replicates: replicates)
      for line in text.lines { Console.show(line) }
    }
    for path in answer.written { Console.message("wrote \(path)") }
  }
}
