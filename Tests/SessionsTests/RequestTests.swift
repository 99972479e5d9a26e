import Confusion
import Contrast
import Counterfactuals
import Documents
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
    explain.whole.without = "cello"
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

  @Test func `so is every request about many pictures, documents and trees`() throws {
    var documents = Sessions.Documents()
    (documents.pictures, documents.file) = ("photos", "docs.txt.gz")
    documents.shard = try #require(Shard("2/8"))
    (documents.atMost, documents.mass) = (5, 0.9)
    try expectRoundTrip(documents)
    var merge = Merge()
    (merge.files, merge.file, merge.force) = (["a.txt", "b.txt"], "all.txt", true)
    try expectRoundTrip(merge)
    var learn = LearnTree()
    (learn.documents, learn.file, learn.labels) = ("docs.txt.gz", "tree.json", "labels.txt")
    learn.hlta.correlationThreshold = .off
    learn.hlta.batchSize = .on(500)
    learn.hlta.leastGain = 1e-5
    try expectRoundTrip(learn)
    learn = LearnTree()
    (learn.method, learn.clustering.clusterCounts) = (.agglomerative, [30, 6])
    learn.clustering.association = .pmi
    try expectRoundTrip(learn)
    var evaluate = Evaluate()
    (evaluate.pictures, evaluate.folder, evaluate.clusters.tree) = ("photos", "run", "tree.json")
    (evaluate.schemes, evaluate.contrast) = ([.cwox2s], .pairwise)
    (evaluate.metrics.preset, evaluate.metrics.areas) = (.published, [0.25, 1])
    try expectRoundTrip(evaluate)
    var report = ReportEvaluation()
    (report.runs, report.csv, report.replicates) = (["a", "b"], "maps.csv", 10)
    try expectRoundTrip(report)
  }

  @Test func `so is every request about generators`() throws {
    var one = Counterfactual()
    (one.picture, one.generator, one.ratherThan) = ("digit.png", "vae.pt2", "all")
    (one.search.minimiser, one.search.slack) = (.descent, -0.5)
    one.comparisons = [.xgems, .baseline(.lime)]
    try expectRoundTrip(one)
    var many = CounterfactualSummary()
    (many.picture, many.limit, many.keep) = ("digits", 30, true)
    many.search.range = .free
    try expectRoundTrip(many)
    var train = Train(.gan)
    (train.data, train.file, train.epochs, train.latent) = ("mnist", "gan.pt2", 3, 50)
    train.shortcuts.limits = [ClassLimit(name: "8", count: 40)]
    train.shortcuts.plantedClass = "3"
    try expectRoundTrip(train)
    let transformer = try Train(json: #"{"architecture": "vit"}"#)
    #expect(try transformer.json().contains(#""vit""#))
    try expectRoundTrip(transformer)
    #expect(throws: RequestFault.self) { try Train(json: #"{"architecture": "alexnet"}"#) }
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
