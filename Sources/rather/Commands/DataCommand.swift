public import ArgumentParser
public import Datasets
import Files

extension PublishedDataset: ExpressibleByArgument {}

/// `rather data`: public data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Downloads public data sets.", subcommands: [Fetch.self])
}

/// `rather data fetch`: brings a data set and checks it.
struct Fetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Gets a data set from the system's package, a folder, a mirror or its source.",
    discussion: """
      Every file is checked against its SHA-256. Files that are already there and correct are left \
      alone. On Debian and Ubuntu, the package dataset-fashion-mnist is used where it is \
      installed.
      """)

  @Argument(help: "fashion-mnist or mnist.")
  var dataset: PublishedDataset

  @Option(
    help: ArgumentHelp(
      "A folder with the files, or an address to which their names are appended.",
      valueName: "folder|address"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The folder for the files. (default: one in the user's cache)", valueName: "folder"))
  var to: String?

  @OptionGroup var overwriting: OverwritingOption

  func run() throws {
    let bar = ProgressBar(dataset.rawValue)
    let folder = to ?? dataset.cacheFolder
    try OutputLock.take(folder)
    let source = try dataset.fetch(into: folder, from: from, existing: overwriting.existing) {
      bar.show($0)
    }
    Console.message("from \(source)")
    Console.show(folder)
  }
}
