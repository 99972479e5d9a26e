import ArgumentParser

/// How pages and manifests name files.
struct PathsOption: ParsableArguments {
  @Flag(
    help: "Write whole paths into the page and the manifest, and not only the names of files.")
  var fullPaths = false
}
