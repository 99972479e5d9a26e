import Foundation
import TestSupport
import Testing

@testable import Workbench

/// The pictures of the workbench: folders of many, links, what networks answer about them.
///
/// Kinds: known answers, invariants, and bad input.
@Suite struct ServeInputsTests {
  private func inputs(_ served: Served, _ query: String = "") throws -> [[String: Any]] {
    try served.ask("/api/inputs\(query)").json()["inputs"] as? [[String: Any]] ?? []
  }

  private func names(_ served: Served, _ query: String) throws -> [String] {
    try inputs(served, query).compactMap { $0["name"] as? String }
  }

  /// The documents of all pictures, once the work in the background is done and so many have failed.
  private func documents(_ served: Served, failed: Int = 0) throws -> [String: Any] {
    var found: [String: Any] = [:]
    for _ in 0..<600 {
      found = try served.ask("/api/documents?network=0").json()
      if found["state"] as? String == "done", found["failed"] as? Int == failed { return found }
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("\(found)")
    return found
  }

  @Test
  func `documents are what the network answers, and pictures that cannot be read are counted`()
    throws
  {
    let place = try ServePlace()
    try Data("no picture".utf8).write(to: place.folder.appending(path: "photos/c.png"))
    let served = try place.served()
    let found = try documents(served, failed: 1)
    #expect(found["total"] as? Int == 3 && found["completed"] as? Int == 3)
    let rows = try #require(found["rows"] as? [[String: Any]])
    #expect(rows.count == 2)
    for row in rows {
      let input = try #require(row["input"] as? String)
      let asked = try served.post("/api/predict", ["input": input]).json()["classes"]
      func numbers(_ classes: Any?) -> [[Double]] {
        (classes as? [[String: Any]] ?? []).map {
          [$0["index"] as? Double ?? -1, $0["probability"] as? Double ?? -1]
        }
      }
      let own = numbers(row["classes"])
      #expect(own.count == 3 && own == numbers(asked))
    }
    #expect(try served.ask("/api/documents?network=0&from=2").json()["rows"] as? [Int] == [])
    #expect(try served.ask("/api/documents?network=7").status == 404)
    // A file that is written anew is computed anew.
    try place.draw("photos/c.png", 5)
    #expect((try documents(served)["rows"] as? [Any])?.count == 3)
  }

  @Test func `pictures are found by their names and by likely classes, the most undecided first`()
    throws
  {
    let place = try ServePlace()
    for step in 1..<30 { try place.draw("photos/more-\(step).png", step * 8 + 3) }
    let served = try place.served()
    _ = try documents(served)
    #expect(try names(served, "?find=A.PNG") == ["a.png"])
    let first = try served.ask("/api/inputs?count=10").json()
    #expect(first["more"] as? Int == 21 && first["found"] as? Int == 31)
    #expect(try names(served, "?from=30&count=10").count == 1)
    let byClass = try inputs(served, "?network=0&find=violin")
    #expect(!byClass.isEmpty)
    for item in byClass {
      let answers = try #require(item["answers"] as? [[String: Any]])
      #expect(answers.map { $0["index"] as? Int } == [1])
      #expect(try #require(answers[0]["probability"] as? Double) >= 0.01)
    }
    let leads = try inputs(served, "?network=0&order=undecided").map { item -> Double in
      let classes = try #require(item["answers"] as? [[String: Any]])
      let shares = classes.compactMap { $0["probability"] as? Double }
      return shares[0] - shares[1]
    }
    #expect(leads.count == 31 && leads == leads.sorted())
    for query in ["?order=size", "?count=0", "?count=2001", "?from=-1", "?network=x"] {
      #expect(try served.ask("/api/inputs\(query)").status == 400, "\(query)")
    }
    #expect(try served.ask("/api/inputs?network=7").status == 404)
  }

  @Test func `a link that leads out of the folder is shown as one and refused`() throws {
    let place = try ServePlace()
    try place.draw("outside.png", 3)
    try FileManager.default.createSymbolicLink(
      at: place.folder.appending(path: "photos/link.png"),
      withDestinationURL: place.folder.appending(path: "outside.png"))
    let served = try place.served()
    let item = try #require(try inputs(served).first { $0["name"] as? String == "link.png" })
    #expect((item["problem"] as? String)?.contains("leads out of the folder") == true)
    #expect(item["width"] == nil)
    let id = try #require(item["id"] as? String)
    #expect(try served.ask("/api/inputs/\(id)/picture").status == 403)
    #expect(try served.post("/api/predict", ["input": id]).status == 403)
    #expect(try served.post("/api/answers", ["input": id]).status == 403)
    let found = try documents(served, failed: 1)
    #expect((found["rows"] as? [Any])?.count == 2)
  }

  @Test func `a folder of very many pictures is listed at once, and thumbnails are kept`() throws {
    let place = try ServePlace()
    let photo = place.folder.appending(path: "photos/a.png")
    let many = place.folder.appending(path: "many")
    try FileManager.default.createDirectory(at: many, withIntermediateDirectories: true)
    let bytes = try Data(contentsOf: photo)
    for number in 0..<3_000 {
      try bytes.write(to: many.appending(path: String(format: "%05d.png", number)))
    }
    let served = try place.served(["many"])
    let start = Date()
    let list = try served.ask("/api/inputs?from=2900&count=50").json()
    #expect(list["found"] as? Int == 3_000 && list["more"] as? Int == 50)
    #expect(Date().timeIntervalSince(start) < 10, "nothing is decoded for a list")
    let id = try #require((list["inputs"] as? [[String: Any]])?.first?["id"] as? String)
    let first = try served.ask("/api/inputs/\(id)/picture?side=16")
    let second = try served.ask("/api/inputs/\(id)/picture?side=16")
    #expect(first.status == 200 && first.body == second.body)
    let kept = try FileManager.default.contentsOfDirectory(
      atPath: served.folder.appending(path: "temporary/\(served.kept[0])/thumbnails").path)
    #expect(kept.count == 1)
    #expect(try served.ask("/api/inputs/none").status == 404)
  }
}
