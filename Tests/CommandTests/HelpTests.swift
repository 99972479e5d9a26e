import Foundation
import TestSupport
import Testing

/// What `--help` prints, of every command (bad input cannot reach it).
@Suite struct HelpTests {
  /// What a value looks like that nobody wrote a description of: `Optional(1)`, `Shard(number: 1`.
  private static func dumps(in text: String) -> [String] {
    text.matches(of: /Optional\(|\w\(\w+: |\bnil\b/).map { String($0.output) }
  }

  /// The names below `SUBCOMMANDS:`.
  private static func subcommands(in help: String) -> [String] {
    help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func `no help shows a value as the program stores it`() throws {
    let folder = try References.temporaryFolder()
    var waiting: [[String]] = [[]]
    var seen: Set<[String]> = []
    while let words = waiting.popLast() {
      let run = try Command(words + ["--help"], in: folder)
      #expect(run.status == 0, "\(words): \(run.messages)")
      #expect(Self.dumps(in: run.output) == [], "\(words)")
      // What an option is where it is left out stands in brackets, as ArgumentParser writes it.
      #expect(!run.output.contains(/otherwise[.)]/), "\(words)")
      seen.insert(words)
      waiting += Self.subcommands(in: run.output).map { words + [$0] }
    }
    let some = [["explain"], ["documents", "collect"], ["tree", "learn"], ["train", "gan"]]
    #expect(seen.count > 30 && seen.isSuperset(of: some), "\(seen.count)")
    let collect = try Command(["documents", "collect", "--help"], in: folder).output
    #expect(collect.contains("(default: 1/1)"))
  }

  @Test func `what every command writes is --output, and the name it had in 0.1 still works`()
    throws
  {
    let folder = try References.temporaryFolder()
    for words in [
      ["explain"], ["compare"], ["diff"], ["sanity"], ["counterfactual"], ["documents", "collect"],
      ["documents", "merge"], ["tree", "learn"], ["tree", "convert"], ["tree", "show"],
      ["evaluate", "run"], ["train", "classifier"], ["train", "vae"], ["demo"],
    ] {
      let help = try Command(words + ["--help"], in: folder).output
      #expect(help.contains("-o, --output"), "\(words)")
      #expect(!help.contains("--out "), "\(words)")
    }
    let place = try Workplace()
    let question = ["explain", "photo.png", "--model", "toy.pt2", "--why", "cello"]
    for (folder, words) in [("a", ["--output", "a"]), ("b", ["--out", "b"]), ("c", ["--out=c"])] {
      let run = try Command(question + words, in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      #expect(FileManager.default.fileExists(atPath: place.path("\(folder)/manifest.json")))
    }
    let head = try Command(question + ["--output", "logits"], in: place.folder)
    #expect(head.status == 64)
    #expect(head.messages.contains("--head logits"), "\(head.messages)")
    #expect(!FileManager.default.fileExists(atPath: place.path("logits")))
  }

  @Test(arguments: ["(default: Shard(number: 1, count: 1))", "(default: Optional(3))", "is nil"])
  func `a value as the program stores it is noticed`(text: String) {
    #expect(!Self.dumps(in: text).isEmpty)
  }
}
