import ArgumentParser

/// Another network, whose answer is the foil.
struct RivalOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another network, whose answer about the picture is the foil; its card lies beside it.",
      valueName: "file"))
  var ratherThanOf: String?
}
