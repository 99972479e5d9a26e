import Foundation
import Saliency
import TestSupport
import Testing

/// What people may write behind `--settings`, and what the menu promises.
@Suite struct SettingTests {
  static let settings = [
    Setting("steps", .count(1...100), usual: "10", "points"),
    Setting("noise", .number(0...1), usual: "0.1", "deviation"),
    Setting("kind", .choice(["mean", "variance"]), usual: "mean", "what"),
  ]

  func values(_ text: String) throws(SettingError) -> SettingValues {
    try SettingValues(text, for: Self.settings, of: "toy")
  }

  @Test func `what is not given is usual`() throws {
    let found = try values("noise=0.5")
    #expect(found.count("steps") == 10 && found.number("noise") == 0.5)
    #expect(found.all.map(\.key) == ["steps", "noise", "kind"])
    #expect(found.given == ["noise"])
    #expect(try values("").all.map(\.value) == ["10", "0.1", "mean"])
  }

  @Test func `an unknown key names the nearest`() {
    #expect(
      throws: SettingError.unknown(
        "stesp", of: "toy", nearest: ["steps"], known: ["steps", "noise", "kind"])
    ) { try values("stesp=4") }
  }

  @Test(arguments: [
    ("steps=0", SettingError.value("0", of: "steps", expected: "a whole number from 1 to 100")),
    ("steps=2.5", .value("2.5", of: "steps", expected: "a whole number from 1 to 100")),
    ("noise=nan", .value("nan", of: "noise", expected: "a number from 0 to 1")),
    ("noise=", .value("", of: "noise", expected: "a number from 0 to 1")),
    ("kind=max", .value("max", of: "kind", expected: "one of mean, variance")),
    ("steps", .noValue("steps")), ("steps=1,steps=2", .twice("steps")),
  ])
  func `values that cannot be are refused with what may be`(text: String, error: SettingError) {
    #expect(throws: error) { try values(text) }
  }

  @Test
  func `every explainer that was promised is on the menu, once, with its usual settings valid`()
    throws
  {
    let names = ExplainerMenu.entries.map(\.name)
    let promised = [
      "saliency", "input-x-gradient", "integrated-gradients", "noise-tunnel", "gradient-shap",
      "deeplift", "grad-cam", "guided-backprop", "deconvolution", "guided-grad-cam", "mwp",
      "contrastive-mwp", "lrp", "clrp", "sglrp", "rise", "lime", "pda", "occlusion",
    ]
    #expect(Set(names) == Set(promised) && names.count == promised.count, "\(names)")
    for entry in ExplainerMenu.entries {
      let usual = entry.settings.map { "\($0.key)=\($0.usual)" }.joined(separator: ",")
      #expect(try entry.values(usual).all.count == entry.settings.count, "\(entry.name)")
      #expect(entry.summary.count < 80 && !entry.summary.hasSuffix("."), "\(entry.name)")
    }
  }

  @Test func `the guide says of every explainer when to use it`() throws {
    let guide = try String(
      contentsOf: References.package.appending(path: "docs/explainers.md"), encoding: .utf8)
    for entry in ExplainerMenu.entries {
      #expect(guide.contains("| `\(entry.name)` |"), "\(entry.name) has no row")
    }
  }

  @Test func `an unknown explainer names the nearest`() {
    #expect(throws: SettingError.unknownExplainer("gradcam", nearest: ["grad-cam"])) {
      try ExplainerMenu.entry(named: "gradcam")
    }
  }
}
