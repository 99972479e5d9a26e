import Foundation
import TestSupport
import Testing

/// Answers of methods that sample, while they are worked on.
///
/// Kinds: known answers (those of the command, byte for byte), invariance (to being watched), and bad input.
@Suite struct ServeLookTests {
  /// Asks until there is a reply of a status, and gives that.
  private func eventually(
    _ served: Served, _ path: String, _ status: Int = 200
  ) throws -> Served.Reply {
    let end = Date() + 120
    while true {
      let reply = try served.ask(path)
      if reply.status == status { return reply }
      try #require(Date() < end, "\(path) is \(reply.status): \(reply.text)")
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  @Test func `who watches an answer of samples is told of the maps so far, and of their error`()
    throws
  {
    let served = try ServePlace().served()
    let asked = try served.post(
      "/api/answers",
      [
        "input": try served.firstInput(), "question": ["why": "cello", "ratherThan": "violin"],
        "method": ["explainer": "rise", "settings": "masks=10000000"],
      ]
    ).json()
    let id = try #require(asked["id"] as? String)
    let path = "/api/answers/\(id)"
    Thread.sleep(forTimeInterval: 1)
    #expect(try served.ask(path + "/partial/0").status == 404, "nobody has wanted it yet")
    let text = Box()
    let isOver = DispatchSemaphore(value: 0)
    // To ask changes nothing of what asks.
    nonisolated(unsafe) let watcher = served
    Thread.detachNewThread {
      text.value = (try? watcher.ask(path + "/events").text) ?? ""
      isOver.signal()
    }
    let found = try eventually(served, path + "/partial/0").json()
    let maps = try #require(found["maps"] as? [[String: Any]])
    #expect(maps.count == 4)
    let map = try #require(maps.first)
    let key = try #require(map["key"] as? String)
    #expect(key == "why-cello-rather-than-violin" && map["neutral"] is Double)
    let measured = try #require(map["measurements"] as? [String: Double])
    #expect(try #require(measured["samples"]) > 0 && (try #require(measured["standardError"])) > 0)
    #expect(((found["geometry"] as? [String: Any])?["seen"]) != nil)
    let numbers = try served.ask(path + "/partial/0/maps/\(key)")
    #expect(numbers.status == 200 && numbers.headers["x-map-height"] == "4")
    #expect(numbers.headers["x-map-width"] == "6" && numbers.body.count == 96)
    #expect(try served.ask(path + "/partial/0/maps/none").status == 404)
    let all = try served.ask(path + "/partial/0/maps")
    #expect(all.headers["x-map-sizes"] == "4x6 4x6 4x6 4x6" && all.body.count == 4 * 96)
    #expect(try served.ask("/api/answers/none/partial/0").status == 404)
    #expect(try served.ask(path, "DELETE").status == 204)
    isOver.wait()
    let told = text.value.components(separatedBy: "event: partial\ndata: ").dropFirst()
      .compactMap { $0.split(separator: "\n").first.map(String.init) }
    #expect(
      told.first?.contains("\"number\":0") == true && told.first?.contains("\"samples\":") == true)
    #expect(text.value.hasSuffix("event: cancelled\ndata: {}\n\n"))
  }

  /// Sendable because it is read only after the semaphore.
  private final class Box: @unchecked Sendable { var value = "" }

  @Test(arguments: [
    ("rise", "masks=3000"), ("lime", "samples=2000,segmentation=grid"),
    ("pda", "window=2,stride=1,surround=1,samples=60"), ("occlusion", "window=1"),
    ("noise-tunnel", "samples=200"),
  ])
  func `a watched answer is the command's, byte for byte`(_ explainer: String, _ settings: String)
    throws
  {
    let place = try ServePlace()
    let served = try place.served()
    let (id, facts) = try served.answer([
      "input": try served.firstInput(), "question": ["why": "cello", "ratherThan": "violin"],
      "method": ["explainer": explainer, "settings": settings],
    ])
    #expect(facts["state"] as? String == "done", "\(facts)")
    try served.expectReport(of: id, isThatOf: #require(facts["command"] as? String))
    let maps = try Data(contentsOf: place.folder.appending(path: "typed/maps.npz"))
    #expect(try served.ask("/api/answers/\(id)/maps.npz").body == maps)
  }
}
