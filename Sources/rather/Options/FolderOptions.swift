import ArgumentParser
import Files
import Report
import Sessions

/// Where a report goes, and what its randomness follows from.
struct FolderOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The folder to write. (default: one named after the picture)", valueName: "folder"))
  var output: String?

  @Flag(help: "Write into a folder that is not empty.")
  var force = false

  @Flag(help: "Print the manifest to standard output.")
  var json = false

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @OptionGroup var paths: PathsOption

  var existing: ExistingFiles { force ? .overwrite : .refuse }

  /// The place that the words name, the folder chosen.
  func place(about pictures: [String], suffix: String) -> PlaceChoice {
    var place = PlaceChoice(path(about: pictures, suffix: suffix), force: force)
    place.fullPaths = paths.fullPaths
    return place
  }

  /// Makes the folder, before the process gives up the right to make it.
  func prepared(about pictures: [String], suffix: String) -> Confinement.Places {
    ReportFolder.prepare(path(about: pictures, suffix: suffix))
  }

  /// The folder that was named, or a new one: PICTURE-suffix, that nobody else fills.
  private func path(about pictures: [String], suffix: String) -> String {
    if let output { return output }
    let picture = PictureSelection.title(of: pictures)
    let key = "\(picture)-\(suffix)"
    let path = Self.chosen[key] ?? PlaceChoice().path(about: picture, suffix: suffix)
    Self.chosen[key] = path
    return path
  }

  /// The folders that were chosen, which may be there since. A command chooses on its main thread, first of
  /// all that it does.
  private nonisolated(unsafe) static var chosen: [String: String] = [:]
}

extension FolderOptions {
  /// Prints one of several pictures that is done.
  func tell(_ item: JobItem) {
    if !json { Console.show("\(item.name)  \(item.summary)  \(item.place)") }
  }

  /// Prints what was written of several pictures.
  ///
  /// - Throws: ``PartlyFailed`` where some have no report.
  func show(_ set: WrittenSet) throws {
    if json {
      try Console.json(text: set.manifest.json())
    } else {
      Console.show("", "Reports: \(set.folder)/\(set.hasPage ? "index.html" : "manifest.json")")
    }
    let total = set.manifest.pictures.count
    if set.failed > 0 { throw PartlyFailed(failed: set.failed, total: total, verb: "explained") }
  }
}
