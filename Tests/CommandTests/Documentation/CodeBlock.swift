import Foundation
import TestSupport

/// A fenced block of code of the documentation.
struct CodeBlock: Sendable {
  /// The file, relative to the package.
  let file: String
  /// The line of its first fence, from 1.
  let line: Int
  /// What it calls itself: `sh` for commands, `console` for commands with what they print, `swift`.
  let language: String
  let lines: [String]
  /// Why it is not run, where the line before it says so: `<!-- not run: REASON -->`.
  let reasonNotRun: String?

  var place: String { "\(file):\(line)" }

  /// The commands of a block, each on one line and without the remarks at its end.
  var commands: [String] {
    var joined: [String] = []
    var isContinued = false
    for line in lines {
      var text = line.trimmingCharacters(in: .whitespaces)
      if language == "console", !isContinued {
        guard text.hasPrefix("$ ") else { continue }
        text = String(text.dropFirst(2))
      }
      let remark = text.range(of: #"\s+#\s.*$"#, options: .regularExpression)
      if let remark { text.removeSubrange(remark) }
      let continues = text.hasSuffix("\\")
      if continues { text = String(text.dropLast()).trimmingCharacters(in: .whitespaces) }
      if isContinued { joined[joined.count - 1] += " " + text } else { joined.append(text) }
      isContinued = continues
    }
    return joined.filter { !$0.isEmpty }
  }

  /// The catalogue of what the libraries' documentation says beside their symbols.
  private static let catalogue = "Sources/Rather/Rather.docc"

  /// All blocks of the README, the pages in `docs`, CONTRIBUTING and the articles.
  static func all() throws -> [CodeBlock] {
    let pages = try ["docs", catalogue].flatMap { folder in
      try FileManager.default.contentsOfDirectory(
        atPath: References.package.appending(path: folder).path
      ).filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }.sorted()
    }
    return try (["README.md", "CONTRIBUTING.md"] + pages).flatMap { try blocks(of: $0) }
  }

  private static func blocks(of file: String) throws -> [CodeBlock] {
    let text = try String(contentsOf: References.package.appending(path: file), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blocks: [CodeBlock] = []
    var start: Int?
    for (index, line) in lines.enumerated() {
      let fence = line.trimmingCharacters(in: .whitespaces)
      guard fence.hasPrefix("```") else { continue }
      guard let first = start else {
        start = index
        continue
      }
      let opening = lines[first].trimmingCharacters(in: .whitespaces)
      blocks.append(
        CodeBlock(
          file: file, line: first + 1, language: String(opening.dropFirst(3)),
          lines: Array(lines[(first + 1)..<index]),
          reasonNotRun: first > 0 ? reason(in: lines[first - 1]) : nil))
      start = nil
    }
    return blocks
  }

  private static func reason(in line: String) -> String? {
    let text = line.trimmingCharacters(in: .whitespaces)
    guard text.hasPrefix("<!-- not run: "), text.hasSuffix(" -->") else { return nil }
    return String(text.dropFirst(14).dropLast(4))
  }
}
