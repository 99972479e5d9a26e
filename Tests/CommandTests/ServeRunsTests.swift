import Foundation
import TestSupport
import Testing

@testable import Workbench

/// Evaluation runs in the workbench: the numbers are those of `rather evaluate report`.
@Suite struct ServeRunsTests {
  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `tables and curves are those of the command, and as the description says`() throws {
    let place = try EvaluatePlace(pictures: 3)
    #expect(try place.run("--schemes", "swox,cwox-2s").status == 0)
    let served = try Served(
      ["--model", "toy.pt2", "--run", "run", "photos"], in: place.place.folder)
    let reply = try served.ask("/api/runs")
    let typed = try Command(["evaluate", "report", "run", "--json"], in: place.place.folder)
    let printed = try #require(
      JSONSerialization.jsonObject(with: Data(typed.output.utf8)) as? [String: Any])
    func means(_ object: [String: Any], _ key: String) throws -> [[[Double?]]] {
      try #require(object["tables"] as? [[String: Any]]).map { table in
        try #require(table["cells"] as? [[Any]]).map { row in
          row.map { ($0 as? [String: Any])?[key] as? Double }
        }
      }
    }
    let shown = try reply.json()
    #expect(try means(shown, "value") == means(printed, "mean"))
    let command = try #require(shown["command"] as? String)
    #expect(command == "rather evaluate report run")

    let curves = try served.ask("/api/runs/0/curves")
    let pictures = try #require(curves.json()["pictures"] as? [[String: Any]])
    #expect(pictures.compactMap { $0["name"] as? String } == ["000.png", "001.png", "002.png"])
    let one = try served.ask("/api/runs/0/pictures/1")
    #expect(try one.json()["input"] is String, "it is in the server's folder: \(one.text)")
    // The mean curve starts where the pictures' do.
    let starts = try (0..<3).map { picture -> Double in
      let pairs = try #require(
        served.ask("/api/runs/0/pictures/\(picture)").json()["pairs"] as? [[String: Any]])
      let firsts = pairs.compactMap { pair in
        ((pair["curves"] as? [Any])?.first as? [String: [Double]])?["contrast"]?.first
          ?? ((pair["curves"] as? [[String: Any]])?.first?["contrast"] as? [Double])?.first
      }
      return firsts.reduce(0, +) / Double(firsts.count)
    }
    let mean = try #require(
      ((try curves.json()["means"] as? [[String: Any]])?.first?["contrast"] as? [Double])?.first)
    #expect(abs(mean - starts.reduce(0, +) / 3) < 1e-9, "\(mean), \(starts)")

    let saved = try served.ask("/api/runs/report", "POST").json()
    let page = try served.ask(try #require(saved["url"] as? String))
    #expect(page.status == 200 && page.text.contains("Table 1. Contrastive AUC"))

    try served.expectDescribed([
      ("Runs", reply.body), ("RunCurves", curves.body), ("PictureCurves", one.body),
    ])
    #expect(try served.ask("/api/runs/1/curves").status == 404)
    #expect(try served.ask("/api/runs/0/pictures/7").status == 404)
  }

  @Test func `a folder that is no run ends in a sentence`() throws {
    let place = try ServePlace()
    let none = try Command(
      ["serve", "--model", "toy.pt2", "--port", "0", "--run", "photos"], in: place.folder)
    #expect(none.status == 65 && none.messages.contains("photos holds no run"), "\(none.messages)")
    let served = try place.served()
    #expect(try served.ask("/api/runs").text.contains("without evaluation runs (--run)"))
  }
}
