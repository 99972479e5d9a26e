import Confusion
import Contrast
import Counterfactuals
import Evaluation
import Faithfulness
import Foundation
import Networks
import Report
import Terms
import TestSupport
import Testing

/// Files that Rather 0.1.0 wrote, opened by this one: they are kept for ever, and never written anew.
@Suite struct EarlierFileTests {
  static let folder = References.package.appending(path: "Tests/Fixtures/0.1.0")

  private func path(_ name: String) -> String { Self.folder.appending(path: name).path }

  private func manifest<Found: Decodable>(_ name: String, as type: Found.Type) throws -> Found {
    try JSONDecoder().decode(
      type, from: Data(contentsOf: URL(filePath: path("manifests/\(name).json"))))
  }

  // MARK: Networks and cards

  @Test func `a network and its card answer as they did`() throws {
    let network = try Network(contentsOf: path("networks/toy.pt2"))
    #expect(network.labels.names == ["cello", "violin", "viola"])
    #expect(network.program.inputShape == [nil, 1, 4, 6])
    #expect(try network.program.layer(named: "relu").name == "relu")
  }

  @Test func `cards of every task`() throws {
    let classifier = try Card(contentsOf: path("cards/classifier.json"))
    #expect(classifier.task == .classification && classifier.output == .logits)
    #expect(classifier.labels == .list(["cello", "violin", "viola"]))
    #expect(classifier.layers == .init(cluster: "relu", class: "conv"))
    let input = try classifier.input
    #expect(input.height == 4 && input.width == 6)
    #expect(input.channelOrder == .gray && input.resize == .squash)
    let other = try Card(contentsOf: path("cards/probabilities.json"))
    #expect(other.output == .probabilities && other.outputName == "0" && other.layers == nil)
    #expect(other.labels == .file("labels.txt"))
    let regression = try Card(contentsOf: path("cards/regression.json"))
    #expect(regression.task == .regression && regression.output == .value)
    #expect(regression.labels == nil)
  }

  @Test(arguments: GeneratorCard.Kind.allCases)
  func `cards of every kind of generator`(kind: GeneratorCard.Kind) throws {
    let card = try GeneratorCard(contentsOf: path("cards/generator-\(kind.rawValue).json"))
    #expect(card.kind == kind && card.decoder == "g.pt2" && card.latentLength == 2)
    #expect(card.encoder == (kind == .gan ? nil : "g-encoder.pt2"))
    #expect(card.output.height == 4 && card.output.width == 6)
  }

  // MARK: Trees and documents

  @Test func `trees in every form`() throws {
    let own = try TreeFile(contentsOf: path("trees/learnt.json"))
    #expect(own.form == .own)
    #expect(
      own.tree.leaves.map(\.label) == ["violin", "viola", "cello", "lynx", "tabby", "cougar"])
    #expect(own.tree.distribution?.leaves[1] == [0.0158790901774195, 0.9836250143763319])
    #expect(own.origin?.learner == "hlta" && own.origin?.seed == 3)
    #expect(own.origin?.documents.count == 121 && own.origin?.documents.dropped == 2)
    #expect(own.origin?.logLikelihood == -2.0746505350005604)
    #expect(own.origin?.settings["attemptCount"] == "2")
    #expect(try TreeFile(contentsOf: path("trees/learnt.json.gz")) == own)
    let bif = try TreeFile(contentsOf: path("trees/learnt.bif"))
    #expect(bif.form == .bif && bif.tree == own.tree)
    let published = try TreeFile(contentsOf: path("trees/published.json"))
    #expect(published.form == .published)
    #expect(
      Set(published.tree.leaves.map(\.label)) == Set(own.tree.leaves.map(\.label)))
    let structure = try TreeFile(contentsOf: path("trees/louvain.json"))
    #expect(structure.tree.distribution == nil && structure.origin?.learner == "louvain")
    #expect(
      try structure.tree.partition(atLevel: 1).grouping([0, 3, 1, 4]).groups == [[0, 1], [3, 4]])
  }

  @Test func `documents, plain and compressed, bare and with their origin`() throws {
    for name in ["bare.txt", "bare.txt.gz"] {
      let file = try DocumentFile(contentsOf: path("documents/" + name))
      #expect(file.corpus.count == 123 && file.corpus.classes == [0, 1, 2, 3, 4, 5], "\(name)")
      #expect(Array(file.corpus[2]) == [0, 1, 2], "\(name)")
    }
    for name in ["collected.txt", "collected.txt.gz"] {
      let file = try DocumentFile(contentsOf: path("documents/" + name), classCount: 3)
      #expect(file.corpus.count == 4, "\(name)")
      #expect((0..<4).map { Array(file.corpus[$0]) }.first == [0, 2, 1], "\(name)")
    }
  }

  // MARK: Runs of evaluation

  @Test func `a run of evaluation, from a copy, for reading may make files beside it`() throws {
    let folder = try References.temporaryFolder()
    try FileManager.default.copyItem(
      atPath: path("run/records.sqlite"), toPath: folder.appending(path: "records.sqlite").path)
    let run = try EvaluationRun.open(folder.path)
    #expect(run.identity.version == 1 && run.identity.metrics.step == 3)
    #expect(run.explainers.map(\.name) == ["grad-cam", "rise"])
    #expect(run.explainers[1].settings["masks"] == "24")
    #expect(Set(run.schemes) == [.swox, .cwox2s])
    #expect(run.pictures.map(\.name) == ["000.png", "001.png"])
    #expect(run.labels.names == ["cello", "violin", "viola"])
    var pairs = 0
    try run.forEachPair { pair in
      pairs += 1
      #expect(pair.curves.count == 4)
      #expect(pair.curves.compactMap(\.self).allSatisfy { $0.featureCount == 24 })
    }
    #expect(pairs == 4)
  }

  // MARK: Manifests of schema 1

  @Test func `explanations`() throws {
    let plain = try manifest("explanation", as: Manifest.self)
    #expect(plain.schema == 1 && plain.seed == 5 && plain.created == "2026-09-21T14:13:20Z")
    #expect(plain.command.hasPrefix("rather explain photo.png --why cello"))
    #expect(plain.versions.rather == "0.1.0")
    #expect(plain.prediction[0].label == "viola" && plain.prediction[0].logit == 1.4116014)
    #expect(plain.maps.count == 4)
    #expect(plain.maps[0].fact == [.init(index: 0, label: "cello")])
    #expect(plain.maps[0].foil == [.init(index: 1, label: "violin")])
    #expect(plain.maps[0].scoreValues == [-0.07451004] && plain.maps[0].maximum == 0.075612746)
    #expect(plain.maps[0].settings["layerChoice"] == "the last spatial layer")
    let checked = try manifest("explanation-checked", as: Manifest.self)
    #expect(checked.maps[0].settings["masks"] == "8" && checked.maps[0].settings["batch"] == "0")
    #expect(checked.maps.allSatisfy { $0.check?.settings.draws == 99 })
    let regression = try manifest("explanation-regression", as: Manifest.self)
    #expect(regression.value == 0.34252453 && regression.prediction.isEmpty)
    let scheme = try manifest("explanation-scheme", as: Manifest.self)
    #expect(scheme.scheme?.name == "cwox-2s" && scheme.scheme?.tree?.path == "tree.json")
    #expect(scheme.clusters?.map { $0.map(\.index) } == [[2], [1, 0]])
    #expect(scheme.maps[0].stage == "cluster" && scheme.maps[0].cluster == 0)
  }

  @Test func `comparisons and sanity tests`() throws {
    let comparison = try manifest("comparison", as: Manifest.self)
    #expect(comparison.maps.map(\.explainer) == ["grad-cam", "occlusion", "lime"])
    #expect(comparison.maps[1].settings["window"] == "0")
    let sanity = try manifest("sanity", as: SanityManifest.self)
    #expect(sanity.schema == 1 && sanity.seed == 5)
    #expect(sanity.question == "Why viola, rather than violin?" && sanity.maps == .shown)
    #expect(sanity.stages.map(\.modules) == [["head"], ["conv"]])
    #expect(sanity.methods.map(\.explainer) == ["grad-cam", "saliency"])
    #expect(
      sanity.methods[0].tests.map(\.verdict) == [.changes, .changes, .changes, .partly, .changes])
    #expect(sanity.methods[0].tests[0].steps[0].kept == 0.8190566447077301)
  }

  @Test func `counterfactuals and their summaries`() throws {
    let one = try manifest("counterfactual", as: ContrastiveManifest.self)
    #expect(one.schema == 1 && one.scale == 0.29998296)
    #expect(one.answers.map(\.question) == ["Why 4, rather than 9?"])
    #expect(one.answers[0].attempts[0].distance == 0.42424)
    #expect(one.answers[0].example?.savedHolds == true)
    #expect(one.answers[0].beside.map(\.title) == ["xGEMs"])
    #expect(one.generator.map(\.path) == ["g.pt2", "g-encoder.pt2"])
    #expect(one.settings["slack"] == "-0.01")
    let summary = try manifest("counterfactual-summary", as: ContrastiveSummaryManifest.self)
    #expect(summary.schema == 1 && summary.source == "list.txt" && summary.pictureCount == 2)
    #expect(summary.pairs.map(\.count) == [2] && summary.pairs[0].scale == 0.35586214)
    #expect(summary.settings["starts"] == "4")
  }
}
