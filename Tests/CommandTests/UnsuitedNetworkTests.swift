import Foundation
import Networks
import Tensors
import TestSupport
import Testing

/// What a person is told of networks that Rather does not explain at a layer, or not at all.
@Suite struct UnsuitedNetworkTests {
  static let usage: Int32 = 64
  static let data: Int32 = 65

  /// A folder whose toy network is a transformer of tokens whose places nothing tells.
  private func transformer() throws -> Workplace {
    let place = try Workplace()
    try ToyNetworks.transformer(isFlipped: true).write(to: place.path("toy.pt2"))
    return place
  }

  @Test func `a transformer is explained at the tokens of its last block`() throws {
    let place = try Workplace()
    try ToyNetworks.transformer().write(to: place.path("toy.pt2"))
    let inspected = try place.run("network", "inspect", "toy.pt2")
    #expect(inspected.output.contains("Last spatial layer: blocks\n"), "\(inspected.output)")
    #expect(inspected.output.contains("[N, 6, 8]  2 × 3  Block"), "\(inspected.output)")
    for explainer in ["grad-cam", "mwp"] {
      let run = try place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--explainer", explainer,
        "-o", explainer)
      #expect(run.status == 0, "\(run.messages)")
    }
  }

  @Test func `tokens whose order nothing tells have no default layer, as every command says`()
    throws
  {
    let place = try transformer()
    for words in [
      ["explain", "photo.png", "--why", "cello"],
      ["explain", "photo.png", "--why", "cello", "--explainer", "mwp"],
      ["explain", "photo.png", "--why", "cello", "--explainer", "guided-grad-cam"],
    ] {
      let run = try Command(words + ["--model", "toy.pt2"], in: place.folder)
      try expectFailure(
        run, Self.usage, saying: "no layer that Rather can explain at",
        "rise, lime, occlusion or pda", in: place)
    }
    // Where several methods are asked, the others go on.
    for words in [
      ["compare", "photo.png", "--why", "cello", "--explainers", "grad-cam,saliency"],
      ["sanity", "photo.png", "--why", "cello", "--explainers", "grad-cam,saliency"],
    ] {
      let run = try Command(
        words + ["--model", "toy.pt2", "-o", words[0]], in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      #expect(run.messages.contains("grad-cam is left out: this network has no layer that"))
    }
    let inspected = try place.run("network", "inspect", "toy.pt2")
    #expect(inspected.status == 0)
    #expect(inspected.output.contains("Last spatial layer: none"))
    #expect(inspected.output.split(separator: "\n").filter { $0.hasPrefix("  * ") }.count == 1)
  }

  @Test func `the methods that are advised do answer`() throws {
    let place = try transformer()
    let advised = [
      "rise:masks=20", "lime:samples=50", "occlusion:window=2,stride=2", "pda:samples=2",
      "saliency", "integrated-gradients:steps=5",
    ]
    for method in advised {
      let parts = method.split(separator: ":").map(String.init)
      let run = try Command(
        ["explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--explainer", parts[0]]
          + (parts.count > 1 ? ["--settings", parts[1]] : []) + ["--force", "-o", "out"],
        in: place.folder)
      #expect(run.status == 0, "\(method): \(run.messages)")
    }
  }

  @Test func `layers named by a person that are no maps are refused with what they are`() throws {
    let place = try transformer()
    let names = [
      ("transpose_14", "heads and tokens"), ("blocks.1", "[N, 6, 8]"), ("pool", "[N, 8]"),
    ]
    for (name, reason) in names {
      for explainer in ["grad-cam", "mwp", "lrp"] {
        try expectFailure(
          place.run(
            "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--explainer",
            explainer, "--layer", name), Self.usage, saying: name, reason, in: place)
      }
    }
    // The patches are maps, and a person may ask for them.
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--layer", "embed")
    #expect(run.status == 0, "\(run.messages)")
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `a layer beside the way to the output is named by every method`() throws {
    let place = try Workplace()
    let zoo = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: zoo) }
    _ = try References.run("zoo.py", [zoo.path, "LaterMapAside"])
    try FileManager.default.removeItem(atPath: place.path("toy.pt2"))
    try FileManager.default.copyItem(
      at: zoo.appending(path: "LaterMapAside/network.pt2"),
      to: place.folder.appending(path: "toy.pt2"))
    var card = ToyNetworks.card(height: 16, width: 16, labels: ["a", "b", "c", "d", "e"])
    try card.changeInput {
      ($0.channels, $0.channelOrder) = (3, .rgb)
      ($0.mean, $0.std) = ([0, 0, 0], [1, 1, 1])
    }
    try card.write(to: place.path("toy.json"))
    for explainer in ["grad-cam", "mwp", "lrp"] {
      try expectFailure(
        place.run(
          "explain", "photo.png", "--model", "toy.pt2", "--why", "a", "--explainer", explainer,
          "--layer", "conv2d_1"), Self.usage,
        saying: "“conv2d_1” does not lead to the explained output",
        in: place)
    }
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "a", "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
  }

  @Test func `one number is never called 100 %`() throws {
    let place = try Workplace()
    try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1]], height: 4, width: 6)
      .write(to: place.path("toy.pt2"))
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello"]).write(to: place.path("toy.json"))
    let told = try place.run("predict", "photo.png", "--model", "toy.pt2")
    #expect(told.status == 0 && !told.output.contains("100.0 %"), "\(told.messages)")
    #expect(told.output.contains("cello") && told.output.contains("not cello"), "\(told.output)")
    let words = ["explain", "photo.png", "--model", "toy.pt2", "--why", "cello"]
    let run = try Command(words + ["--rather-than", "not cello", "-o", "out"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let text = try String(contentsOfFile: place.path("out/manifest.json"), encoding: .utf8)
    #expect(text.contains("Why cello, rather than not cello?") && text.contains("Why not cello?"))
    try FileManager.default.removeItem(atPath: place.path("out"))
    // Of three labels nobody can say what one number is.
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "banjo"])
      .write(to: place.path("toy.json"))
    for words in [
      ["predict", "photo.png"], ["explain", "photo.png", "--why", "0", "--explainer", "rise"],
    ] {
      try expectFailure(
        Command(words + ["--model", "toy.pt2"], in: place.folder), Self.data,
        saying: "one number", "“sigmoid-logits”", "“task” to “regression”", in: place)
    }
    // What the sentence advises.
    let card = try String(contentsOfFile: place.path("toy.json"), encoding: .utf8)
    try place.write(
      "toy.json",
      card.replacing("classification", with: "regression").replacing("logits", with: "value"))
    let value = try place.run("predict", "photo.png", "--model", "toy.pt2")
    #expect(value.status == 0 && value.output.contains("value"), "\(value.messages)")
  }

  /// Logits of 2, 1 and −1 times the picture's mean.
  private func labelled(_ threshold: Float? = nil) throws -> Workplace {
    let place = try Workplace()
    try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[2], [1], [-1]], height: 4, width: 6)
      .write(to: place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "banjo"])
    (card.output, card.threshold) = (.sigmoidLogits, threshold)
    try card.write(to: place.path("toy.json"))
    return place
  }

  @Test func `labels with a sigmoid each are told, asked about and compared each by itself`() throws
  {
    let place = try labelled()
    let told = try place.run("predict", "photo.png", "--model", "toy.pt2", "--json")
    struct Row: Decodable {
      struct One: Decodable { let label: String; let probability: Double; let logit: Double };
      let top: [One]
    }
    let top = try JSONDecoder().decode([Row].self, from: Data(told.output.utf8))[0].top
    #expect(top.map(\.label) == ["cello", "violin", "banjo"])
    for one in top { #expect(abs(one.probability - 1 / (1 + exp(-one.logit))) < 1e-6) }
    #expect(top.map(\.probability).reduce(0, +) > 1.1)
    // The whole answer is the labels above the threshold.
    let words = ["explain", "photo.png", "--model", "toy.pt2"]
    let whole = try Command(words + ["-o", "whole"], in: place.folder)
    #expect(whole.status == 0, "\(whole.messages)")
    let text = try String(contentsOfFile: place.path("whole/manifest.json"), encoding: .utf8)
    #expect(text.contains("Why cello, rather than violin?") && !text.contains("rather than banjo"))
    try FileManager.default.removeItem(atPath: place.path("whole"))
    let strict = try Command(words + ["--threshold", "0.999"], in: place.folder)
    try expectFailure(
      strict, Self.usage, saying: "none of its labels above 0.999", "cello", "--threshold",
      in: place)
    // Absences are classes, too; sets of both have no meaning.
    let absent = try Command(
      words + ["--why", "not banjo", "--rather-than", "violin", "-o", "absent"], in: place.folder)
    #expect(absent.status == 0, "\(absent.messages)")
    try FileManager.default.removeItem(atPath: place.path("absent"))
    try expectFailure(
      Command(words + ["--why", "cello,not banjo"], in: place.folder), Self.usage,
      saying: "do not go together in one set", in: place)
    let check = try Command(
      words + ["--why", "cello", "--check", "--check-draws", "19", "-o", "checked"],
      in: place.folder)
    #expect(check.status == 0, "\(check.messages)")
  }

  @Test func `a threshold is for labels with a sigmoid each`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("predict", "photo.png", "--model", "toy.pt2", "--threshold", "0.3"), Self.data,
      saying: "“threshold”", "several labels have a sigmoid each", in: place)
    try expectFailure(
      place.run("predict", "photo.png", "--model", "toy.pt2", "--threshold", "1.5"), Self.usage,
      saying: "--threshold must be above 0 and below 1", in: place)
  }

  /// Three means of the picture under weights, and their opposites, as two outputs.
  private func twoAnswers() throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 6])
    let maps = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor([3, 2, 1] as [Float], shape: [3, 1, 1, 1]))),
      ], shape: [3, 4, 6])
    let means = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(maps)), ("dim", .ints([2, 3]))],
      shape: [3])
    let opposite = builder.call(
      "neg", in: "turn", type: "Turn", [("self", .value(means))], shape: [3])
    builder.addOutput("logits", means)
    builder.addOutput("aux", opposite)
    return try builder.program()
  }

  @Test func `of two outputs the one that is named is explained, and everything says which`() throws
  {
    let place = try Workplace()
    try twoAnswers().write(to: place.path("toy.pt2"))
    let words = ["photo.png", "--model", "toy.pt2"]
    let silent = try place.run("predict", words[0], words[1], words[2])
    try expectFailure(
      silent, Self.data, saying: "“logits” [N, 3], “aux” [N, 3]", "--output-name", in: place)
    let unknown = try Command(
      ["predict"] + words + ["--output-name", "logit"], in: place.folder)
    try expectFailure(unknown, Self.data, saying: "no output “logit”", "“logits”", in: place)
    var first: [String] = []
    for name in ["logits", "aux"] {
      let told = try Command(["predict"] + words + ["--output-name", name], in: place.folder)
      #expect(told.status == 0, "\(told.messages)")
      first.append(told.output)
      let run = try Command(
        ["explain"] + words + ["--output-name", name, "--why", "cello", "-o", name],
        in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      let text = try String(contentsOfFile: place.path(name + "/manifest.json"), encoding: .utf8)
      #expect(text.contains(#""output" : "\#(name)""#) || text.contains(#""output": "\#(name)""#))
      let inspected = try place.run(
        "network", "inspect", "toy.pt2", "--output-name", name)
      #expect(inspected.output.contains("outputs     logits [N, 3] float32, aux [N, 3] float32"))
      #expect(inspected.output.contains("explained   \(name)"))
    }
    #expect(first[0] != first[1])
    // The card's name does the same, and the option goes before it.
    var card = try Card(contentsOf: place.path("toy.json"))
    card.outputName = "aux"
    try card.write(to: place.path("toy.json"))
    let carded = try place.run("predict", words[0], words[1], words[2])
    #expect(carded.output.hasPrefix(first[1]), "\(carded.output) \(carded.messages)")
    try FileManager.default.removeItem(atPath: place.path("toy.json"))
    let open = try place.run("network", "inspect", "toy.pt2")
    #expect(open.output.contains("explained   nothing says which"))
  }
}
