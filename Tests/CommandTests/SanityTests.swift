import Faithfulness
import Foundation
import Networks
import Report
import Tensors
import TestSupport
import Testing

/// `rather sanity` as a person would type it: what it writes and prints, and bad input.
@Suite struct SanityTests {
  private let question = ["--why", "cello", "--rather-than", "violin"]

  private func run(_ place: Workplace, _ words: [String]) throws -> Command {
    try Command(["sanity", "photo.png", "--model", "toy.pt2"] + words, in: place.folder)
  }

  @Test func `methods are tested, and manifest, maps and page say what was found`() throws {
    let place = try Workplace()
    let run = try run(
      place, question + ["--explainers", "grad-cam,input-x-gradient", "--json", "-o", "out"])
    #expect(run.status == 0, "\(run.messages)")
    let manifest = try JSONDecoder().decode(SanityManifest.self, from: Data(run.output.utf8))
    #expect(manifest.question == "Why cello, rather than violin?")
    #expect(manifest.fact.map(\.label) == ["cello"] && manifest.foil.map(\.label) == ["violin"])
    #expect(manifest.stages.map(\.modules) == [["head"], ["conv"]])
    #expect(manifest.methods.map(\.explainer) == ["grad-cam", "input-x-gradient"])
    for method in manifest.methods {
      #expect(
        method.tests.map(\.test.rawValue) == ["cascade", "independent", "logit", "fact", "foil"])
      #expect(method.tests.map(\.steps.count) == [2, 2, 1, 1, 1])
      #expect(method.tests[0].steps.map(\.stages) == [[1], [1, 2]])
      #expect(method.tests[1].steps.map(\.stages) == [[1], [2]])
      #expect(method.tests[2].question == "Why cello?")
      #expect(
        method.tests[2...].map { $0.steps[0].question } == [
          "Why viola?", "Why viola, rather than violin?", "Why cello, rather than viola?",
        ])
      #expect(method.tests.allSatisfy { !$0.sentence.isEmpty })
    }
    let page = try String(contentsOfFile: place.path("out/index.html"), encoding: .utf8)
    for text in ["Grad-CAM", "Another foil", manifest.methods[0].tests[0].sentence, "<svg"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("http"))
    #expect(try place.left == ["out"])
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `the arrays that the manifest names are in the archive, and equal seeds give equal bytes`()
    throws
  {
    let place = try Workplace()
    var archives: [Data] = []
    for (seed, out) in [("5", "a"), ("5", "b"), ("6", "c")] {
      let run = try run(
        place, question + ["--explainers", "saliency", "--seed", seed, "--json", "-o", out])
      let manifest = try JSONDecoder().decode(SanityManifest.self, from: Data(run.output.utf8))
      let archive = place.path("\(out)/maps.npz")
      archives.append(try Data(contentsOf: URL(filePath: archive)))
      let tests = manifest.methods.flatMap(\.tests)
      for key in Set(tests.map(\.original) + tests.flatMap { $0.steps.compactMap(\.key) }) {
        let file = archive + ".\(UUID().uuidString).npy"
        _ = try References.run("save_array.py", [archive, key, file])
        #expect(try NumPyFile.tensor(at: URL(filePath: file)).shape == [4, 6], "\(key)")
      }
    }
    #expect(archives[0] == archives[1])
    #expect(archives[0] != archives[2])
  }

  @Test func `without a question the answer is set against the runner-up, and a table is printed`()
    throws
  {
    let place = try Workplace()
    let run = try run(place, ["--explainers", "grad-cam", "--tests", "fact,cascade"])
    #expect(run.status == 0, "\(run.messages)")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("Why ") && lines[0].contains(", rather than "))
    #expect(lines[1].hasPrefix("method    test"))
    #expect(lines[2].hasPrefix("grad-cam  Weights, from the output down"))
    #expect(lines[3].hasPrefix("grad-cam  Another fact"))
    #expect(run.output.hasSuffix("Report: photo-sanity/index.html\n"))
    let again = try self.run(place, question + ["--explainers", "grad-cam", "-o", "photo-sanity"])
    #expect(again.status == 64 && again.messages.contains("--force"))
  }

  @Test func `a question without a foil is tested for weights and class`() throws {
    let place = try Workplace()
    let run = try run(place, ["--why", "viola", "--explainers", "saliency", "--json"])
    let manifest = try JSONDecoder().decode(SanityManifest.self, from: Data(run.output.utf8))
    #expect(
      manifest.methods[0].tests.map(\.test.rawValue) == ["cascade", "independent", "logit"])
    #expect(manifest.foil.isEmpty)
  }

  @Test(arguments: [
    (["--explainers", "grad-cam,rize"], "did you mean rise"),
    (["--why", "cello", "--rather-than", "cello"], "the fact and the foil share a class"),
    (["--why", "celllo"], "did you mean cello"),
    (["--stages", "0"], "--stages must be from 1 to 1000, not 0"),
    (["--draws", "0"], "--draws must be from 1 to 1000, not 0"),
    (["--tests", "cascade,edges"], "there is no test named “edges”"),
    (["--tests", ""], "there is no test named “”"),
    (["--why", "cello", "--tests", "foil"], "the question has no foil"),
    (["--why", "cello,viola", "--rather-than", "violin", "--tests", "fact"], "none is left"),
    (["--why", "cello", "--settings", "lime:samples=9"], "one of the methods compared"),
    (["--contrast", "outside", "--score", "log-odds"], "cannot be asked"),
  ])
  func `mistakes are one sentence, and nothing is left behind`(words: [String], saying: String)
    throws
  {
    let place = try Workplace()
    let run = try run(place, words)
    #expect(run.status == 64, "\(run.status): \(run.messages)")
    #expect(run.messages.contains(saying), "\(run.messages)")
    #expect(run.output.isEmpty)
    #expect(try place.left.isEmpty)
  }

  @Test func `a regression is refused`() throws {
    let place = try Workplace()
    let program = try ToyNetworks.pooled(
      kernels: [1], biases: [0], head: [[1]], height: 4, width: 6)
    try program.write(to: place.path("value.pt2"))
    let run = try Command(
      [
        "sanity", "photo.png", "--model", "value.pt2", "--task", "regression", "--head", "value",
        "--mean", "0", "--std", "1", "--channel-order", "gray", "--resize", "squash", "--crop", "1",
      ], in: place.folder)
    try expectFailure(
      run, 64, saying: "regression", "name a classifier", in: place, left: ["value.pt2"])
  }

  @Test func `a method that cannot explain this network is left out, with its reason`() throws {
    let place = try Workplace()
    let run = try run(
      place, question + ["--layer", "pool", "--explainers", "grad-cam,saliency", "--json"])
    #expect(run.status == 0, "\(run.messages)")
    let manifest = try JSONDecoder().decode(SanityManifest.self, from: Data(run.output.utf8))
    #expect(manifest.methods.map(\.explainer) == ["saliency"])
    #expect(manifest.leftOut.map(\.explainer) == ["grad-cam"])
  }
}
