import Evaluation
import Files
import Foundation
import Testing

/// `rather evaluate report`, end to end on a toy network: known answers, invariance, bad input.
@Suite struct EvaluateReportTests {
  /// A run of three pictures, and a report by some words.
  static func report(_ words: String..., on place: EvaluatePlace) throws -> Command {
    try Command(["evaluate", "report"] + words, in: place.place.folder)
  }

  @Test func `tables, rows and a page are of what was measured`() throws {
    let place = try EvaluatePlace(pictures: 3)
    #expect(try place.run("--schemes", "swox,cwox-2s").status == 0)
    let report = try Self.report(
      "run", "--csv", "maps.csv", "--parquet", "maps.parquet", "--html", "page", "--images",
      "photos",
      on: place)
    #expect(report.status == 0, "\(report.messages)")
    for part in [
      "run: 3 pictures, 3 with pairs of a class and its foil; 6 pairs; 0 unreadable.",
      "Table 1. Contrastive AUC, CAUC ↓", "Table 2. Weighted drop in contrastive score, CDROP ↑",
      "Table 3. Base explainers in CWOX-2s", "Table 4a. Deletion AUC ↓", " best", " p ",
      "Wilcoxon", "Holm", "2000 replicates, seed 0",
    ] {
      #expect(report.output.contains(part), "\(part) is not in \(report.output)")
    }
    #expect(!report.output.contains("Unfinished"))
    #expect(report.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let rows = try String(contentsOfFile: place.place.path("maps.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(rows.count == 1 + 3 * 2 * 4)
    #expect(rows[1].hasPrefix("run,000.png,1,"))
    let parquet = try Data(contentsOf: URL(filePath: place.place.path("maps.parquet")))
    #expect(parquet.prefix(4) == Data("PAR1".utf8))
    let page = try String(contentsOfFile: place.place.path("page/index.html"), encoding: .utf8)
    #expect(page.contains("CWOX-2s") && page.contains("data:image/jpeg;base64,\"") == false)
    #expect(page.matches(of: /"small":"\/9j\//).count == 3)
    #expect(try place.left == ["maps.csv", "maps.parquet", "page", "run"])
  }

  @Test func `the order in which pictures came does not matter, to the byte`() throws {
    let place = try EvaluatePlace(pictures: 3)
    try place.place.write("back.txt", "photos/002.png\nphotos/000.png\nphotos/001.png\n")
    try place.place.write("forth.txt", "photos/000.png\nphotos/001.png\nphotos/002.png\n")
    var texts: [String] = []
    for list in ["back", "forth"] {
      try FileManager.default.createDirectory(
        atPath: place.place.path(list), withIntermediateDirectories: true)
      let run = try Command(
        EvaluatePlace.words.map { $0 == "photos" ? "\(list).txt" : $0 }
          + ["--tree", "tree.json", "-o", "\(list)/run"], in: place.place.folder)
      #expect(run.status == 0, "\(run.messages)")
      let report = try Self.report("\(list)/run", "--csv", "\(list)/maps.csv", on: place)
      texts.append(
        report.output
          + (try String(contentsOfFile: place.place.path("\(list)/maps.csv"), encoding: .utf8)))
      let again = try Self.report(
        "\(list)/run", "--csv", "\(list)/maps.csv", "--force", "--seed", "0", on: place)
      #expect(again.output == report.output)
    }
    #expect(texts[0] == texts[1])
    // Two runs of one name are called by their paths.
    let both = try Self.report("back/run", "forth/run", "--json", on: place)
    #expect(both.output.contains("\"title\" : \"back/run\""), "\(both.messages)")
    #expect(both.output.contains("\"folder\" : \"forth/run\""))
  }

  @Test func `bad input is refused before anything is written`() throws {
    let place = try EvaluatePlace(pictures: 1)
    #expect(try place.run("--schemes", "swox").status == 0)
    try expectFailure(
      try Self.report("none", "--html", "page", on: place), 65, saying: "none holds no run",
      in: place,
      left: ["run"])
    try place.place.write("maps.csv", "mine")
    try expectFailure(
      try Self.report("run", "--csv", "maps.csv", on: place), 64, saying: "maps.csv", in: place,
      left: ["maps.csv", "run"])
    for (words, saying) in [
      (["run", "--replicates", "0"], "--replicates"), (["run", "run/"], "named twice"),
      (["run", "--force"], "--force"), (["run", "--images", "photos"], "--images"),
      (["run", "--csv", "a", "--parquet", "a"], "one file"),
    ] {
      let run = try Command(["evaluate", "report"] + words, in: place.place.folder)
      #expect(run.status == 64 && run.messages.contains(saying), "\(run.messages)")
    }
  }
}
