import Contrast
import Foundation
import Saliency
import Sessions
import TestSupport
import Testing

@testable import Workbench

/// What one may ask of the workbench, and how long it waits for anyone.
///
/// Kinds: bad input, known answers, and completeness over the menu.
@Suite struct ServeLimitsTests {
  private let place: ServePlace

  init() throws { place = try ServePlace() }

  @Test func `more samples or larger pictures than are allowed are refused at once`() throws {
    let served = try place.served(["photos", "--limits", "samples=100,side=16"])
    let input = try served.firstInput()
    func ask(_ explainer: String, _ settings: String) throws -> Served.Reply {
      let method = ["explainer": explainer, "settings": settings]
      return try served.post("/api/answers", ["input": input, "method": method])
    }
    let many = try ask("rise", "masks=101")
    #expect(many.status == 422 && many.text.contains("--limits samples=101"), "\(many.text)")
    #expect(try ask("noise-tunnel", "samples=20,method=integrated-gradients,steps=6").status == 422)
    #expect(try ask("rise", "masks=100").status == 202)
    #expect(try ask("rise", "").status == 202, "what nobody said is never too much")
    try place.draw("large.png", 5, 2)
    let large = try Data(contentsOf: place.folder.appending(path: "large.png"))
    let reply = try served.ask("/api/inputs?name=large.png", "POST", body: large)
    #expect(reply.status == 413 && reply.text.contains("24 pixels on its longer side"))
    #expect(reply.text.contains("allows 16"), "\(reply.text)")
  }

  @Test func `an answer that takes longer than is allowed fails in a sentence`() throws {
    let served = try place.served(["photos", "--limits", "seconds=1"])
    let method = ["explainer": "rise", "settings": "masks=10000000"]
    let (_, facts) = try served.answer(["input": served.firstInput(), "method": method])
    #expect(facts["state"] as? String == "failed", "\(facts)")
    let sentence = try #require(facts["error"] as? String)
    #expect(sentence.contains("after 1 seconds") && sentence.contains("--limits seconds="))
  }

  /// Whoever adds a setting that repeats the work says so, or here why not.
  @Test func `every setting that repeats the work is counted`() {
    let large = ExplainerMenu.entries.flatMap { entry in
      entry.settings.compactMap { setting -> String? in
        guard case .count(let range) = setting.form, range.upperBound > 1_000 else { return nil }
        return setting.key
      }
    }
    // How a picture is cut, a number of a formula, and how many samples go together.
    let others: Set<String> = [
      "segments", "smallest", "window", "stride", "training-count", "batch",
    ]
    #expect(Set(large).subtracting(others).isSubset(of: Limits.repeating), "\(large)")
    #expect(large.count > 5)
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `who keeps it waiting is not waited for, and what is cut off leaves nothing`() throws {
    let served = try place.served(["photos", "--limits", "idle=2,upload=5"])
    #expect(try References.run("dawdle.py", [served.address, "2", "5"]) == "ended\n")
    #expect(try served.ask("/health").status == 200)
    let kept = try #require(served.kept.first)
    let inputs = served.folder.appending(path: "temporary/\(kept)/inputs").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: inputs) == [])
  }

  @Test func `a limit has a name and a range`() throws {
    var limits = Limits()
    try limits.change(by: "samples=5,hours=0.5")
    #expect(limits.samples == 5 && limits.hours == 0.5 && limits.side == Limits().side)
    for text in ["samples", "samples=", "samples=x", "samples=0", "samples=inf", "=1", "x=1", "="] {
      #expect(throws: LimitFault.self, "\(text)") { try limits.change(by: text) }
    }
    #expect(Limits.ofMany.samples < Limits().samples && Limits.ofMany.seconds < Limits().seconds)
  }
}
