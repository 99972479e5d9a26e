import ArgumentParser

/// Names that options had in 0.1, which are read for one more version.
enum FormerOptions {
  private static let names = [("--out", "--output"), ("--beside", "--compare")]

  /// A command's words with the names that options have now.
  ///
  /// - Throws: `ValidationError` for `--output` with what a network gives, which is `--head` now: it would
  ///   name a file.
  static func renamed(_ words: some Sequence<String>) throws -> [String] {
    var isOver = false
    var last = ""
    return try words.map { word in
      defer { last = word }
      if word == "--" { isOver = true }
      if isOver { return word }
      if last == "--output" { try checkPlace(word) }
      if word.hasPrefix("--output=") { try checkPlace(String(word.dropFirst("--output=".count))) }
      for (former, name) in names {
        if word == former { return name }
        if word.hasPrefix(former + "=") { return name + word.dropFirst(former.count) }
      }
      return word
    }
  }

  private static func checkPlace(_ word: String) throws {
    guard ["logits", "probabilities", "value"].contains(word) else { return }
    throw ValidationError(
      "--output names what is written; say what the network gives by --head \(word), or write "
        + "--output ./\(word) for a file of that name")
  }
}
