import Foundation
import Imagery
import TestSupport
import Testing

@testable import Workbench

/// What the workbench shows networks of pictures: regions, hidden pixels, and pictures of its own.
///
/// Kinds: parity with the command, known answers, and bad input.
@Suite struct ServeRegionTests {
  @Test func `a region is in the answer, in its manifest, and in the command that asks the same`()
    throws
  {
    let place = try ServePlace(scale: 10)
    let served = try place.served()
    let input = try served.firstInput()
    let question = ["why": "cello", "ratherThan": "violin"]
    let (id, facts) = try served.answer(
      ["input": input, "region": "10,5,60,40", "question": question])
    let command = try #require(facts["command"] as? String)
    #expect(command.contains("--region 10,5,60,40"))
    let manifest = try #require(facts["manifest"] as? [String: Any])
    let seen = try #require((manifest["geometry"] as? [String: Any])?["seen"] as? [String: Double])
    #expect(seen == ["x": 10, "y": 5, "width": 60, "height": 40])
    let words = ["explain", "photos/a.png", "--model", "toy.pt2", "--region", "10,5,60,40"]
    let run = try Command(
      words + ["--why", "cello", "--rather-than", "violin", "--output", "out"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let own = try served.ask("/api/answers/\(id)/maps.npz").body
    #expect(try own == Data(contentsOf: place.folder.appending(path: "out/maps.npz")))
    let predicted = try served.post("/api/predict", ["input": input, "region": "whole"]).json()
    #expect((predicted["seen"] as? [String: Double])?["width"] == 120)
    for (region, status) in [("100,70,60,40", 422), ("all", 400), ("1,2,3", 400)] {
      let reply = try served.post("/api/predict", ["input": input, "region": region])
      #expect(reply.status == status, "\(region): \(reply.text)")
    }
    #expect(
      try Command(
        ["predict", "photos/a.png", "--model", "toy.pt2", "--region", "1"], in: place.folder
      ).status == 64)
  }

  @Test func `hidden pixels change the answer, and bad masks get a sentence`() throws {
    let served = try ServePlace(scale: 10).served()
    let input = try served.firstInput()
    // The network's input has 4 × 6 pixels.
    let all = Data([255, 255, 255]).base64EncodedString()
    let body: [String: Any] = ["input": input, "mask": all, "fill": "black", "classes": [2]]
    let found = try served.post("/api/probe", body).json()
    #expect(found["hidden"] as? Int == 24)
    for key in ["before", "after"] {
      let classes = try #require(found[key] as? [[String: Any]])
      #expect(classes.count == 3 && classes.contains { $0["index"] as? Int == 2 })
    }
    let nothing = try served.post("/api/probe", ["input": input]).json()
    #expect(nothing["hidden"] as? Int == 0)
    #expect(nothing["after"] as? NSArray == nothing["before"] as? NSArray)
    let asked = try served.post("/api/predict", ["input": input]).json()
    // The brush asks the network in its fastest form, which is held to 1e-4 of the largest logit.
    let logits = try [asked["classes"], nothing["after"]].map { value in
      try #require(value as? [[String: Any]]).compactMap { $0["logit"] as? Double }
    }
    let largest = logits[0].map(abs).max() ?? 0
    for (one, other) in try paired(logits[0], logits[1]) {
      #expect(abs(one - other) <= 1e-4 * largest, "\(one) and \(other)")
    }
    for (key, value, status) in [
      ("mask", "AAA", 400), ("mask", "AAAAAAAA", 400), ("fill", "photos/a.png", 400),
      ("fill", "colour", 400), ("input", "none", 404), ("masks", all, 400),
    ] {
      let reply = try served.post("/api/probe", body.merging([key: value]) { $1 })
      #expect(reply.status == status, "\(key) \(value): \(reply.text)")
      #expect(try reply.json()["error"] is String)
    }
  }

  @Test func `without a folder it offers pictures that it drew, and says so`() throws {
    let served = try ServePlace().served([])
    let list = try served.ask("/api/inputs").json()
    let inputs = try #require(list["inputs"] as? [[String: Any]])
    #expect(inputs.count == DrawnPicture.all.count && inputs.count >= 5)
    for item in inputs {
      #expect(item["from"] as? String == "drawn" && item["width"] as? Int == 224)
      #expect((item["name"] as? String)?.hasPrefix("drawn-") == true)
      let id = try #require(item["id"] as? String)
      #expect(try served.post("/api/predict", ["input": id]).status == 200)
    }
    let (_, facts) = try served.answer(["input": try served.firstInput()])
    // It lies only with the server.
    #expect((facts["command"] as? String)?.hasPrefix("rather explain drawn-ball.png ") == true)
    for drawn in DrawnPicture.all {
      let colors = Set(try drawn.picture().pixels)
      #expect(colors.count > 3 || drawn.name == "drawn-digit" || drawn.name == "drawn-stripes")
    }
  }
}
