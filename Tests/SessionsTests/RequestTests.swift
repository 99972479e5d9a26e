import Contrast
import Faithfulness
import Foundation
import Networks
import Sessions
import Terms
import TestSupport
import Testing

/// Requests as values that can be written down and read again.
///
/// Kinds: known answers, invariants (what is written is read back), and bad input.
@Suite struct RequestTests {
  private func expectRoundTrip<Asked: Request>(_ request: Asked) throws {
    let text = try request.json()
    #expect(try Asked(json: text) == request, "\(Asked.name): \(text)")
    // What is not said is as in `init()`.
    #expect(try Asked(json: "{}") == Asked(), "\(Asked.name)")
  }

  @Test func `every request is read back as it was written, and from nothing as its defaults`()
    throws
  {
    var explain = Explain("photo.jpg", of: .init("net.pt2"), asking: .init(why: "cello"))
    explain.check = CheckChoice()
    explain.check?.draws = 20
    explain.whole.support = .rangeFraction(0.25)
    explain.whole.classStage.settings = "steps=3"
    explain.network.form.mean = [0.1, 0.25, 0.5]
    explain.network.form.inputSize = .init(height: 3, width: 4)
    explain.network.form.resize = .squash
    explain.drawing.signed = true
    explain.seed = .max
    try expectRoundTrip(explain)
    var compare = Compare()
    compare.methods = MethodsChoice(["rise", "lime"])
    compare.methods.settings = ["rise:masks=20"]
    try expectRoundTrip(compare)
    var sanity = Sanity()
    (sanity.tests, sanity.stages) = ([.cascade, .randomFoil], 3)
    try expectRoundTrip(sanity)
    var predict = Predict()
    (predict.pictures, predict.memory) = (["a.png", "b"], 1 << 30)
    try expectRoundTrip(predict)
    var inspect = Inspect()
    (inspect.model, inspect.nodes) = ("net.pt2", true)
    try expectRoundTrip(inspect)
  }

  @Test func `what is left out of a part is as in that part, or as what holds it says`() throws {
    let explain = try Explain(
      json: #"{"whole": {"limit": 3}, "check": {"draws": 40}, "seed": 18446744073709551615}"#)
    #expect(explain.whole.limit == 3 && explain.whole.mass == SchemeChoice().mass)
    #expect(explain.check?.draws == 40 && explain.check?.fill == CheckChoice().fill)
    #expect(explain.seed == .max)
    let sanity = try Sanity(json: #"{"methods": {"layer": "conv"}}"#)
    #expect(sanity.methods.explainers == Sanity().methods.explainers)
    #expect(sanity.methods.layer == "conv")
  }

  @Test(arguments: [
    (#"{"sed": 1}"#, "sed", ["seed"]),
    (#"{"question": {"wy": "cello"}}"#, "question.wy", ["why"]),
    (#"{"whole": {"classStage": {"layr": "conv"}}}"#, "whole.classStage.layr", ["layer"]),
  ])
  func `a misspelt key is an error that names the nearest`(
    text: String, key: String, nearest: [String]
  ) {
    let fault = #expect(throws: RequestFault.self) { try Explain(json: text) }
    guard case .unknownKey(let found, let near)? = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(found == key && near.starts(with: nearest), "\(near)")
    #expect(fault?.description.contains(nearest[0]) == true && fault?.kind == .usage)
  }

  @Test(arguments: [
    #"{"seed": "many"}"#, #"{"question": 3}"#, "[]", "no JSON", #"{"seed": 1, "seed": 2}"#,
    #"{"whole": {"support": "percentile:500"}}"#, #"{"question": {"score": "loudest"}}"#,
  ])
  func `what is no request is a fault of usage`(text: String) {
    let fault = #expect(throws: RequestFault.self) { try Explain(json: text) }
    #expect(fault?.kind == .usage, "\(text)")
  }

  @Test func `parts that do not go together are told before anything is read`() throws {
    var explain = Explain("none.png", of: .init("none.pt2"))
    explain.whole.level = 2
    #expect(
      throws: RequestFault.unfit("--level says where to cut a --tree"),
      performing: { try Session().run(explain).wait() })
  }
}
