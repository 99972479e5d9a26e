import Contrast
import Evaluation
import Faithfulness
import Foundation
import Networks
import Terms
import TestSupport
import Testing

/// `rather evaluate`, end to end on a toy network: known answers, bad input.
@Suite struct EvaluateTests {
  @Test func `a run says what it holds, and holds what was asked`() throws {
    let place = try EvaluatePlace(pictures: 4)
    let run = try place.run("--limit", "3", "--json")
    #expect(run.status == 0, "\(run.messages)")
    for part in ["\"pictures\" : 3", "\"pairs\" : 6", "\"methods\" : 8", "\"failed\" : 0"] {
      #expect(run.output.contains(part), "\(run.output)")
    }
    let found = try EvaluationRun.open(place.place.path("run"))
    #expect(found.pictures.map(\.name) == ["000.png", "001.png", "002.png"])
    #expect(found.explainers.map(\.name) == ["grad-cam", "rise"])
    #expect(found.schemes == [.swox, .cwox1sA, .cwox1sB, .cwox2s])
    #expect(
      found.methods[7].support == .percentile(70) && found.methods[3].support == .percentile(50))
    #expect(found.explainers[1].settings["masks"] == "24")
    #expect(found.identity.metrics == MetricSettings(step: 3, wholeSteps: 4))
    #expect(found.identity.fills == .init(deleted: "mean", ground: "blur:1"))
    #expect(found.labels.names == ["cello", "violin", "viola"])
    guard case .tree(let sha256, 1) = found.identity.clusters else {
      Issue.record("\(found.identity.clusters)")
      return
    }
    #expect(sha256.count == 64)
    #expect(try place.left == ["run"])
    let more = try place.run()
    #expect(more.status == 0 && more.messages.contains("resuming after 3 of 4"), "\(more.messages)")
    #expect(more.output.contains("run: 4 pictures, 8 pairs, 8 methods"))
    #expect(more.output.contains("next: rather evaluate report run"))
  }

  @Test func `the usual explainers run on a toy network`() throws {
    let place = try EvaluatePlace(pictures: 1)
    let run = try Command(
      [
        "evaluate", "run", "--model", "toy.pt2", "--images", "photos", "--clusters",
        "cello,violin;viola", "--mass", "1", "--settings", "rise:masks=8", "--settings",
        "lime:samples=20,segments=4", "--preset", "published", "-o", "out",
      ], in: place.place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let found = try EvaluationRun.open(place.place.path("out"))
    #expect(found.explainers.map(\.name) == ["grad-cam", "rise", "mwp", "lime"])
    #expect(found.identity.metrics == .published && found.unfinished.isEmpty)
    #expect(found.identity.clusters == .byHand([[0, 1], [2]]))
  }

  @Test func `one picture is no pictures`() throws {
    let place = try EvaluatePlace(pictures: 1)
    let run = try place.run("--schemes", "swox", "--explainers", "rise")
    #expect(run.output.contains("run: 1 picture, 2 pairs, 1 method\n"), "\(run.output)")
    try place.place.write("photos/000.png", "no picture")
    let failed = try place.run("--schemes", "swox", "--explainers", "rise", "-o", "other")
    #expect(failed.messages.contains("1 of 1 picture could not be read"), "\(failed.messages)")
  }

  @Test func `words that mean nothing`() throws {
    let place = try EvaluatePlace(pictures: 1)
    for (words, saying) in [
      (["--step", "0"], "--step"), (["--delta", "0"], "--delta"),
      (["--areas", "0.1,2"], "--areas"), (["--limit", "0"], "--limit"),
      (["--contrast", "inside"], "--contrast"), (["--schemes", "swox,none"], "schemes"),
      (["--schemes", "swox,swox"], "swox is named twice"),
      (["--explainers", "rise,grad-kam"], "grad-cam"),
      (["--settings", "lime:samples=3"], "“lime:samples=3”"),
      (["--explainers", ""], "--explainers names none"),
      (["--memory", "900000G"], "--memory is more than this machine"),
      (["--settings", "rise:masks=3"], "given twice"), (["--fill", "green"], "--fill"),
      (["--clusters", "cello;cello,violin"], "two clusters"),
      (["-o", "none/run"], "none/run"), (["-o", "photo.png"], "photo.png is not a folder"),
      (["-o", "photos"], "not empty"),
    ] {
      let clusters = words.contains("--clusters") ? [] : ["--tree", "tree.json"]
      let out = words[0] == "-o" ? [] : ["-o", "run"]
      let run = try Command(EvaluatePlace.words + clusters + out + words, in: place.place.folder)
      try expectFailure(run, 64, saying: saying, in: place)
    }
    let neither = try Command(EvaluatePlace.words + ["-o", "run"], in: place.place.folder)
    try expectFailure(neither, 64, saying: "name what classes", "--tree", in: place)
    let both = try Command(
      EvaluatePlace.words + ["-o", "run", "--tree", "tree.json", "--clusters", "cello,violin"],
      in: place.place.folder)
    try expectFailure(both, 64, saying: "one of --tree and --clusters", in: place)
  }

  @Test func `a regression, and answers that are no numbers`() throws {
    let place = try EvaluatePlace(pictures: 2)
    try ToyNetworks.pooled(
      kernels: [1, -2, .nan], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: place.place.path("toy.pt2"))
    let failed = try place.run()
    #expect(failed.status == 65)
    #expect(failed.messages.contains("001.png") && failed.messages.contains("NaN"))
    #expect(failed.messages.contains("2 of 2 pictures"))
    try FileManager.default.removeItem(atPath: place.place.path("run"))
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    card.task = .regression
    card.output = .value
    card.labels = nil
    try card.write(to: place.place.path("toy.json"))
    try expectFailure(place.run("--clusters", "0,1"), 64, saying: "regression", in: place)
  }
}
