import ArgumentParser
import Sessions

/// Other methods that answer the same questions.
struct BesideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Other methods to show beside it, separated by commas: \(Beside.names).", valueName: "name,…")
  )
  var beside: String?

  func validate() throws { _ = try chosen() }

  /// The methods, each once.
  func chosen() throws -> [Beside] {
    var found: [Beside] = []
    for word in (beside ?? "").split(separator: ",").map(String.init) {
      guard let method = Beside(rawValue: word) else {
        throw ValidationError("--beside takes \(Beside.names), not “\(word)”")
      }
      if !found.contains(method) { found.append(method) }
    }
    if beside != nil, found.isEmpty {
      throw ValidationError("--beside names none; it takes \(Beside.names)")
    }
    return found
  }
}
