import Contrast
import Foundation
import Imagery
import Networks
import Saliency
import Terms
import TestSupport
import Testing

@testable import Report

/// What manifests say in numbers: geometry, logits, and settings as they came to hold.
@Suite struct ManifestNumbersTests {
  private func input(
    _ height: Int, _ width: Int, _ resize: Preprocessing.Resize, crop: Float = 1
  ) -> Preprocessing {
    Preprocessing(
      height: height, width: width, channels: 1, channelOrder: .gray, mean: [0], std: [1],
      resize: resize, crop: crop)
  }

  @Test func `the geometry says what the network saw, in the photo's pixels`() throws {
    let photo = try Picture(width: 40, height: 20, filledWith: .init(red: 0, green: 0, blue: 0))
    // Squashed, all of it is seen.
    let whole = Manifest.Geometry(of: input(4, 6, .squash), over: photo)
    #expect(whole.photo == .init(width: 40, height: 20) && whole.map == .init(width: 6, height: 4))
    #expect(whole.seen == Region(x: 0, y: 0, width: 40, height: 20))
    // The shorter side of 20 becomes 10, 80 % of it is kept: 8 × 8 of 20 × 10, from (6, 1), each pixel two of
    // the photo's wide.
    let cut = Manifest.Geometry(of: input(8, 8, .shorterSide, crop: 0.8), over: photo)
    #expect(cut.seen == Region(x: 12, y: 2, width: 16, height: 16))
    #expect(cut.map == .init(width: 8, height: 8))
    let many = Manifest.Geometry(of: input(4, 6, .squash))
    #expect(many.photo == nil && many.seen == nil && many.map == .init(width: 6, height: 4))
  }

  @Test func `a report's manifest holds the geometry and the logits of all classes`() throws {
    let path = try ReportTests.freePath()
    let report = try ReportTests.report()
    _ = try report.write(to: path)
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: URL(filePath: path + "/manifest.json")))
    #expect(manifest.geometry?.seen == Region(x: 0, y: 0, width: 12, height: 8))
    #expect(manifest.geometry?.map == .init(width: 6, height: 4))
    let classes = report.pictures[0].prediction.classes
    #expect(manifest.logits.count == 2)
    #expect(manifest.logits == (0..<2).map { index in classes.first { $0.index == index }?.logit })
    #expect(manifest.input?.path == "toy.png" && manifest.header.kind == .explanation)
  }

  @Test func `an infinite logit is null, and the places of the others stay`() {
    let prediction = Prediction(
      classes: [
        .init(index: 1, label: "b", probability: 1, logit: 2),
        .init(index: 2, label: "c", probability: 0, logit: -.infinity),
        .init(index: 0, label: "a", probability: 0, logit: -9),
      ], value: nil)
    #expect(prediction.logits == [-9, 2, nil])
  }

  private func effective(
    _ explainer: String, _ settings: [String: String], _ height: Int, _ width: Int
  ) -> [String: SettingValue] {
    Method(explainer: explainer, title: "", place: .input, settings: settings)
      .effectiveSettings(of: .image(input(height, width, .squash)))
  }

  @Test func `a window of 0 is what occlusion makes of it`() throws {
    let chosen = ["window": "0", "stride": "0", "batch": "0", "baseline": "mean"]
    // (224 + 3) / 7 = 32, and half of that.
    #expect(
      effective("occlusion", chosen, 224, 224)
        == ["window": 32, "stride": 16, "batch": "auto", "baseline": "mean"])
    #expect(
      effective("occlusion", chosen, 224, 320)["window"] == .list([32, 46]))
    let given = ["window": "9", "stride": "0", "batch": "4", "baseline": "mean"]
    #expect(
      effective("occlusion", given, 8, 12)
        == ["window": .list([8, 9]), "stride": 4, "batch": 4, "baseline": "mean"])
  }

  @Test func `automatic steps are the steps that are taken`() throws {
    let name = "integrated-gradients"
    func steps(_ steps: String, _ tolerance: String) -> SettingValue? {
      effective(name, ["steps": steps, "tolerance": tolerance], 4, 6)["steps"]
    }
    #expect(steps("auto", "none") == 50)
    #expect(steps("auto", "0.01") == 500)
    #expect(steps("7", "none") == 7)
  }

  @Test func `every setting of the menu is a number where it looks like one`() throws {
    for entry in ExplainerMenu.entries {
      let values = try entry.values("").all
      let settings = effective(
        entry.name, Dictionary(uniqueKeysWithValues: values.map { ($0.key, $0.value) }), 4, 6)
      #expect(settings.count == values.count, "\(entry.name)")
      for (key, text) in values where Double(text) != nil {
        let value = settings[key]
        #expect(value?.text == nil || (key == "batch" && value == "auto"), "\(entry.name) \(key)")
      }
    }
  }
}
