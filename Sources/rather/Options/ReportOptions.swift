import ArgumentParser
import Imagery
import Sessions

/// Where a report goes and how its maps are drawn.
struct ReportOptions: ParsableArguments {
  @OptionGroup var place: FolderOptions

  @Flag(help: "Give each map a colour scale of its own.")
  var ownScale = false

  @Flag(help: "Keep what speaks against the fact: signed maps, from before the last ReLU.")
  var signed = false

  /// Values are always raw, in units of the score; scripts of before may still say so.
  @Flag(help: .hidden)
  var raw = false

  @Option(
    help: ArgumentHelp("The colours. (default: inferno; diverging with --signed)", valueName: "map")
  )
  var colors: ColorMap?

  /// Whether the manifest goes to standard output.
  var json: Bool { place.json }

  /// The number that all randomness follows from.
  var seed: UInt64 { place.seed }

  /// The drawing that the words choose.
  var drawing: DrawingChoice {
    var choice = DrawingChoice()
    (choice.colors, choice.ownScale, choice.signed) = (colors, ownScale, signed)
    return choice
  }
}

/// How pages and manifests name files.
struct PathsOption: ParsableArguments {
  @Flag(
    help: "Write whole paths into the page and the manifest, and not only the names of files.")
  var fullPaths = false
}

/// Whether pages are written.
struct PagesOption: ParsableArguments {
  @Flag(
    help: "Write no pages and no pictures, but only manifests and maps as numbers, which is faster."
  )
  var noPages = false

  /// What of a report people open first.
  var last: String { noPages ? "manifest.json" : "index.html" }
}
