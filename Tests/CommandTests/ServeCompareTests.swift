import Foundation
import TestSupport
import Testing

@testable import Workbench

/// Questions of other kinds than explanations: methods side by side, and contrastive examples.
///
/// Kinds: known answers (those of the commands, byte for byte), bad input, and who is served first.
@Suite struct ServeCompareTests {
  @Test func `methods are compared as the command compares them, byte for byte`() throws {
    let served = try ServePlace().served()
    let (id, facts) = try served.answer([
      "kind": "compare", "input": try served.firstInput(), "seed": 2,
      "question": ["why": "violin", "ratherThan": "cello"],
      "methods": ["explainers": ["grad-cam", "saliency", "rise"], "settings": ["rise:masks=20"]],
    ])
    #expect(facts["state"] as? String == "done", "\(facts)")
    let command = try #require(facts["command"] as? String)
    #expect(
      command
        == "rather compare photos/a.png --model toy.pt2 --why violin --rather-than cello "
        + "--explainers grad-cam,saliency,rise --settings rise:masks=20 --seed 2")
    try served.expectReport(of: id, isThatOf: command)
    // What two answers of their own agree by is what the comparison of their methods says.
    let manifest = try #require(facts["manifest"] as? [String: Any])
    let all = try #require(manifest["agreement"] as? [[String: Any]])
    #expect(all.count == 3)
    for pair in all {
      let maps = try ["first", "second"].map { side in
        let key = try #require(pair[side] as? String)
        let name = String(key.split(separator: "/")[0])
        let settings = name == "rise" ? "masks=20" : ""
        let (own, _) = try served.answer([
          "input": try served.firstInput(), "seed": 2,
          "question": ["why": "violin", "ratherThan": "cello"],
          "method": ["explainer": name, "settings": settings],
        ])
        return ["answer": own, "key": "why-violin-rather-than-cello"]
      }
      let found = try served.post("/api/agreement", ["first": maps[0], "second": maps[1]]).json()
      for key in ["rankCorrelation", "magnitudeCorrelation", "ssim", "overlap"] {
        // JSON may write a whole number without a point.
        let numbers = [found, pair].map { ($0[key] as? NSNumber)?.doubleValue }
        let (own, compared) = (try #require(numbers[0]), try #require(numbers[1]))
        // Masks go through the network in batches of another size, whose sums round otherwise on some processors.
        #expect(abs(own - compared) <= 1e-6, "\(key): \(found), \(pair)")
      }
    }
  }

  @Test func `a contrastive example is that of the command, byte for byte`() throws {
    let place = try CounterfactualTests.Place()
    let served = try Served(
      ["--model", "toy.pt2", "--generator", "g.pt2", "."], in: place.folder)
    let menu = try served.ask("/api/networks").json()
    #expect((menu["generator"] as? [String: Any])?["networks"] as? [Int] == [0], "\(menu)")
    let (id, facts) = try served.answer([
      "kind": "counterfactual", "input": try served.firstInput(),
      "question": ["ratherThan": "9"], "search": ["starts": 3],
    ])
    #expect(facts["state"] as? String == "done", "\(facts)")
    let command = try #require(facts["command"] as? String)
    #expect(
      command
        == "rather counterfactual ./a.png --model toy.pt2 --generator g.pt2 --rather-than 9 --starts 3"
    )
    try served.expectReport(of: id, isThatOf: command)
  }

  @Test func `what cannot be asked so gets a sentence`() throws {
    let served = try ServePlace().served()
    let input = try served.firstInput()
    let tries: [([String: Any], Int, String)] = [
      (["kind": "counterfactual", "input": input], 400, "without a generator (--generator)"),
      (["kind": "compare", "input": input, "methods": ["explainers": []]], 400, "names none"),
      (
        ["kind": "compare", "input": input, "methods": ["explainers": ["gradcam"]]], 400, "grad-cam"
      ),
      (
        [
          "kind": "compare", "input": input,
          "methods": ["explainers": ["lime"], "settings": ["lime:fill=photos/a.png"]],
        ], 400, "may not name a file"
      ),
      (["kind": "compare", "input": input, "network": 3], 404, "no network 3"),
    ]
    for (object, status, words) in tries {
      let reply = try served.post("/api/answers", object)
      #expect(reply.status == status && reply.text.contains(words), "\(object): \(reply.text)")
    }
    let none = try Command(
      ["serve", "--model", "toy.pt2", "--port", "0", "--generator", "toy.pt2"], in: served.folder)
    #expect(none.status == 65 && none.messages.contains("card of a classifier"), "\(none.messages)")
  }

  @Test func `what a person looks at goes first, and askers take turns`() {
    var queue = AskQueue()
    for number in 1...60 { queue.add("many \(number)", by: "a", .interactive) }
    queue.add("long", by: "b", .long)
    queue.add("early", by: "b", .background)
    queue.add("one", by: "c", .interactive)
    queue.add("two", by: "c", .interactive)
    func next() -> String? { queue.next(upTo: .background) }
    #expect(next() == "many 1" && next() == "one" && next() == "many 2" && next() == "two")
    queue.hurry("early", to: .interactive)
    #expect(next() == "early", "somebody wants it now, who had no turn yet")
    for number in 3...60 { #expect(next() == "many \(number)") }
    #expect(queue.next(upTo: .interactive) == nil && queue.count == 1)
    #expect(queue.shed() == nil, "somebody waits for it")
    #expect(next() == "long" && next() == nil)
  }
}
