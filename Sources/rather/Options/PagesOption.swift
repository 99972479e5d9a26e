import ArgumentParser

/// Whether pages are written.
struct PagesOption: ParsableArguments {
  @Flag(
    help: "Write no pages and no pictures, but only manifests and maps as numbers, which is faster."
  )
  var noPages = false

  /// What of a report people open first.
  var last: String { noPages ? "manifest.json" : "index.html" }
}
