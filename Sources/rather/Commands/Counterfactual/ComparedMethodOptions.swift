import ArgumentParser
import Sessions

/// Other methods that answer the same questions.
struct ComparedMethodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Other methods that answer the same question, separated by commas: \(ComparedMethod.names).",
      valueName: "name,…")
  )
  var compare: String?

  func validate() throws { _ = try chosen() }

  /// The methods, each once.
  func chosen() throws -> [ComparedMethod] {
    var found: [ComparedMethod] = []
    for word in (compare ?? "").split(separator: ",").map(String.init) {
      guard let method = ComparedMethod(rawValue: word) else {
        throw ValidationError("--compare takes \(ComparedMethod.names), not “\(word)”")
      }
      if !found.contains(method) { found.append(method) }
    }
    if compare != nil, found.isEmpty {
      throw ValidationError("--compare names none; it takes \(ComparedMethod.names)")
    }
    return found
  }
}
