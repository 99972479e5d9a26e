import Foundation
import TestSupport
import Testing

/// Answers that come soon are told in the request that asks for them.
@Suite struct ServeWaitTests {
  @Test func `an answer that comes in time is told at once, and is the one that is kept`() throws {
    let served = try ServePlace().served()
    let question: [String: Any] = ["input": try served.firstInput(), "question": ["why": "cello"]]
    for _ in 0..<2 {
      let reply = try served.post("/api/answers?wait=10000", question)
      let told = try reply.json()
      #expect(reply.status == 200 && told["state"] as? String == "done", "\(reply.text)")
      let id = try #require(told["id"] as? String)
      let kept = try served.ask("/api/answers/\(id)").json()
      #expect(NSDictionary(dictionary: kept) == NSDictionary(dictionary: told))
      #expect((told["manifest"] as? [String: Any])?["maps"] != nil)
    }
  }

  @Test func `one that does not is worked on, and one that cannot be given is told as such`() throws
  {
    let served = try ServePlace().served()
    let input = try served.firstInput()
    let slow = try served.post(
      "/api/answers?wait=20",
      ["input": input, "method": ["explainer": "rise", "settings": "masks=10000000"]])
    let told = try slow.json()
    #expect(slow.status == 202 && told["state"] as? String == "working")
    let id = try #require(told["id"] as? String)
    #expect(try served.ask("/api/answers/\(id)", "DELETE").status == 204)
    let failed = try served.post(
      "/api/answers?wait=10000", ["input": input, "question": ["why": "trombone"]])
    let why = try failed.json()
    #expect(failed.status == 200 && why["state"] as? String == "failed", "\(failed.text)")
    #expect(why["error"] is String)
    for wait in ["-1", "10001"] {
      let refused = try served.post("/api/answers?wait=\(wait)", ["input": input])
      #expect(refused.status == 400, "\(wait)")
    }
  }
}
