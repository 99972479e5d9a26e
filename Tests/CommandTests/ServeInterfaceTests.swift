import Foundation
import TestSupport
import Testing

/// The interface of the workbench is what its own description says.
@Suite struct ServeInterfaceTests {
  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `it replies as its description says, which knows all its paths`() throws {
    let served = try ServePlace().served(["--tree", "tree.json", "photos"])
    let paths = try #require(served.ask("/api").json()["paths"] as? [String: [String: Any]])
    let input = try served.firstInput()
    let (id, _) = try served.answer(["input": input])
    let picture = try Data(contentsOf: served.folder.appending(path: "photos/a.png"))
    try served.expectDescribed([
      ("Health", try served.ask("/health").body), ("Menu", try served.ask("/api/networks").body),
      ("Tree", try served.ask("/api/tree").body),
      ("Inputs", try served.ask("/api/inputs").body),
      ("Input", try served.ask("/api/inputs/\(input)").body),
      ("Documents", try served.ask("/api/documents?network=0").body),
      ("Probed", try served.post("/api/probe", ["input": input]).body),
      ("Prediction", try served.post("/api/predict", ["input": input]).body),
      ("Asked", try served.post("/api/answers", ["input": input]).body),
      ("Answer", try served.ask("/api/answers/\(id)").body),
      ("Record", try served.post("/api/records", ["title": "Why?"]).body),
      ("Records", try served.ask("/api/records").body),
      ("Report", try served.ask("/api/answers/\(id)/report", "POST").body),
      ("Error", try served.ask("/api/answers/none").body),
      ("Input", try served.ask("/api/inputs?name=a.png", "POST", body: picture).body),
    ])
    // A path that nobody answers has no sentence of its own.
    #expect(paths.count == 33)
    // Where no token is, nobody logs in.
    for (path, methods) in paths where !path.hasPrefix("/reports") && !path.hasPrefix("/log") {
      let real = path.replacing("{id}", with: path.contains("inputs") ? input : id)
        .replacing("{key}", with: "none").replacing("{file}", with: "none")
        .replacing("{run}", with: "0").replacing("{picture}", with: "0")
        .replacing("{number}", with: "0")
      for method in methods.keys where method != "delete" {
        let reply = try served.ask(real, method.uppercased())
        #expect(
          reply.status != 405 && reply.text != "{\"error\":\"Not Found\"}", "\(method) \(path)")
      }
    }
  }
}
