import Foundation
import Report
import Tensors
import Terms
import TestSupport
import Testing

/// Choosing methods, settings, reductions, memory and devices, as a person would.
@Suite struct MethodTests {
  func manifest(_ run: Command) throws -> Manifest {
    try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
  }

  func array(_ key: String, in archive: String) throws -> [Float] {
    let file = archive + ".\(UUID().uuidString).npy"
    _ = try References.run("save_array.py", [archive, key, file])
    return try NumPyFile.tensor(at: URL(filePath: file)).floats()
  }

  @Test func `the list names every method and its settings, and one is told in full`() throws {
    let place = try Workplace()
    let list = try place.run("explainers")
    #expect(list.status == 0 && list.output.contains("integrated-gradients"))
    #expect(list.output.contains("steps="))
    let one = try place.run("explainers", "noise-tunnel")
    #expect(one.output.contains("samples=") && one.output.contains("a whole number from"))
    let json = try place.run("explainers", "--json").output
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(entries.allSatisfy { $0["settings"] is [[String: Any]] })
    #expect(try place.run("explainers", "rize").messages.contains("did you mean rise"))
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func
    `a method at the input writes its attribution, and the map is its sum unless asked otherwise`()
    throws
  {
    let place = try Workplace()
    for (how, reduce) in [("sum", { $0 }), ("l2", { abs($0) })] as [(String, (Float) -> Float)] {
      let run = try place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--explainer", "input-x-gradient", "--why",
        "cello", "--rather-than", "violin", "--reduce", how, "--output", how, "--json")
      #expect(run.status == 0, "\(run.messages)")
      let map = try manifest(run).maps[0]
      #expect(map.layer == "input" && map.settings["reduce"] == .text(how))
      #expect(map.settings["layerChoice"] == nil)
      let archive = place.path("\(how)/maps.npz")
      let attribution = try array(map.key + "/input", in: archive)
      // The toy has one channel, so that the sum is the attribution and l2 its magnitude.
      expectClose(try array(map.key, in: archive), attribution.map(reduce), within: 1e-6, of: how)
    }
  }

  @Test func `settings and measurements are in the manifest`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--explainer", "integrated-gradients",
      "--settings", "steps=7,baseline=white", "--why", "cello", "--json")
    let map = try manifest(run).maps[0]
    #expect(map.settings["steps"] == 7 && map.settings["baseline"] == "white")
    #expect(map.measurements["steps"] == 7 && map.measurements["completenessError"] != nil)
  }

  @Test func `methods that sample pictures ask for probabilities unless told otherwise`() throws {
    let place = try Workplace()
    let usual = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--explainer", "rise", "--settings",
      "masks=8,cells=2", "--why", "cello", "--json", "--output", "a")
    #expect(usual.status == 0, "\(usual.messages)")
    #expect(try manifest(usual).maps[0].score == "probability")
    let logit = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--explainer", "rise", "--settings",
      "masks=8,cells=2", "--why", "cello", "--score", "logit", "--json", "--output", "b")
    #expect(try manifest(logit).maps[0].score == "logit")
  }

  @Test func `Finer-CAM without a foil takes the classes whose logits are nearest`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--score", "finer", "--json")
    let map = try manifest(run).maps[0]
    #expect(map.score == "finer" && map.foil?.count == 2, "\(map)")
  }

  @Test(arguments: [
    (["--explainer", "gradcam"], "did you mean grad-cam"),
    (["--explainer", "saliency", "--settings", "step=3"], "saliency has no setting “step”"),
    (["--explainer", "integrated-gradients", "--settings", "stpes=3"], "did you mean steps"),
    (["--explainer", "saliency", "--layer", "relu"], "takes no --layer"),
    (["--explainer", "rise", "--settings", "masks=many"], "a whole number"),
    (["--explainer", "integrated-gradients", "--settings", "baseline=nowhere.png"], "nowhere.png"),
    (
      ["--explainer", "lrp", "--settings", "rule=z-plus,gamma=9"],
      "changes nothing with rule=z-plus"
    ),
    (["--memory", "5"], "--memory"), (["--device", "tpu"], "--device must be"),
    (["--memory", "900000G"], "--memory is more than this machine"),
    (["--device", "cuda:77"], "there is no device cuda:77"), (["--reduce", "min"], "--reduce"),
  ])
  func `mistakes are one sentence, and nothing is left behind`(words: [String], saying: String)
    throws
  {
    let place = try Workplace()
    let run = try Command(
      ["explain", "photo.png", "--model", "toy.pt2", "--why", "cello"] + words, in: place.folder)
    #expect(run.status == 64 || run.status == 65, "\(run.status): \(run.messages)")
    #expect(run.messages.contains(saying), "\(run.messages)")
    #expect(try place.left.isEmpty)
  }

  @Test func `a method that cannot explain this network is left out, with its reason`() throws {
    let place = try Workplace()
    let run = try place.run(
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--layer", "pool",
      "--explainers", "grad-cam,saliency", "--output", "out", "--json")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.messages.contains("grad-cam is left out: the output of “pool”"))
    #expect(try manifest(run).maps.map(\.explainer) == ["saliency"])
    let page = try String(contentsOfFile: place.path("out/index.html"), encoding: .utf8)
    #expect(page.contains("Left out: grad-cam"))
  }

  @Test func `a method that fails at work costs no other method its map`() throws {
    let place = try Workplace()
    // Pixels would lie between PDA's windows, which shows only once the picture is known.
    let run = try place.run(
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--explainers", "saliency,pda,grad-cam", "--settings", "pda:window=2", "--settings",
      "pda:stride=3", "--output", "out", "--json")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.messages.contains("pda is left out: "))
    #expect(try manifest(run).maps.map(\.explainer) == ["saliency", "grad-cam"])
    let page = try String(contentsOfFile: place.path("out/index.html"), encoding: .utf8)
    #expect(page.contains("Left out: pda"))
  }

  @Test func `a question that nothing answers ends the comparison before it begins`() throws {
    let place = try Workplace()
    let run = try place.run(
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--score", "squared-error",
      "--explainers", "saliency,grad-cam")
    #expect(run.status == 64, "\(run.status): \(run.messages)")
    #expect(!run.messages.contains("left out"))
  }

  @Test func `one question is answered by several methods, one map each`() throws {
    let place = try Workplace()
    let run = try place.run(
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--explainers", "grad-cam,saliency,rise", "--settings", "rise:masks=8", "--settings",
      "rise:cells=2", "--json")
    #expect(run.status == 0, "\(run.messages)")
    let maps = try manifest(run).maps
    #expect(maps.map(\.explainer) == ["grad-cam", "saliency", "rise"])
    #expect(maps.map(\.key)[1] == "saliency/why-cello-rather-than-violin")
    #expect(maps[2].settings["masks"] == 8 && maps[2].settings["cells"] == 2)
    #expect(maps[1].settings["reduce"] == "sum" && maps[2].settings["reduce"] == nil)
    #expect(try place.left == ["photo-why"])
  }
}
