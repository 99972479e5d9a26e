import Foundation
import TestSupport
import Testing

/// Every command and every line of Swift that the documentation shows does run.
@Suite struct DocumentationTests {
  /// Where a page's words stand for something that takes long, what stands for it here.
  ///
  /// Data that would be fetched lies in a folder; networks learn for a pass and searches are short.
  private static let substitutions = [
    ("--data mnist ", "--data mnist-files "), ("rather train vae ", "rather train vae --epochs 1 "),
    ("rather train autoencoder ", "rather train autoencoder --epochs 1 "),
    ("rather train gan ", "rather train gan --epochs 1 "),
    ("rather train classifier ", "rather train classifier --epochs 1 "),
    ("--data photos/ -o", "--data photos/ --size 32 -o"),
  ]

  /// How many blocks are marked as not run; one more or less is a conscious act.
  private static let notRun = 10

  @Test func `every block says what it is, and those not run say why`() throws {
    let blocks = try CodeBlock.all()
    #expect(blocks.count > 30)
    let known = ["sh", "console", "swift", "python", "json", "text"]
    for block in blocks {
      #expect(known.contains(block.language), "\(block.place) is “\(block.language)”")
      if let reason = block.reasonNotRun {
        #expect(reason.count > 10 && ["sh", "console", "swift"].contains(block.language))
      }
    }
    let marked = blocks.filter { $0.reasonNotRun != nil }
    #expect(marked.count == Self.notRun, "\(marked.map(\.place))")
  }

  @Test func `every command ends well`() throws {
    let place = try DocumentationPlace()
    defer { place.remove() }
    var count = 0
    for block in try CodeBlock.all()
    where ["sh", "console"].contains(block.language) && block.reasonNotRun == nil {
      var made: Set<String> = []
      for command in block.commands {
        let line = Self.substitutions.reduce(command) { $0.replacing($1.0, with: $1.1) }
        made.formUnion(try place.clear(for: line))
        let start = ContinuousClock.now
        let run = try place.run(line)
        if ProcessInfo.processInfo.environment["RATHER_TIMES"] != nil {
          print(ContinuousClock.now - start, line)
        }
        #expect(run.status == 0, "\(block.place): \(line)\n\(run.messages)")
        count += 1
        try place.restore(keeping: made)
      }
      try place.restore()
    }
    #expect(count > 50)
  }

  @Test func `every line of Swift is compiled and runs`() async throws {
    let folder = "Tests/CommandTests/Documentation"
    let texts = try ["ShownSwift", "ShownSwift+Articles"].map { name in
      try String(
        contentsOf: References.package.appending(path: "\(folder)/\(name).swift"), encoding: .utf8)
    }
    let compiled = Self.trimmed(texts.joined(separator: "\n"))
    var count = 0
    for block in try CodeBlock.all() where block.language == "swift" && block.reasonNotRun == nil {
      let shown = Self.trimmed(block.lines.joined(separator: "\n"))
      #expect(compiled.contains(shown), "\(block.place) is not in \(folder)/ShownSwift")
      count += 1
    }
    #expect(count > 0)
    try ShownSwift.counterfactuals()
    try ShownSwift.explaining()
    try await ShownSwift.requests()
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: "\n")
  }
}
