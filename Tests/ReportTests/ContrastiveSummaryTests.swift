import Counterfactuals
import Files
import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Report

/// The folder of mean changes: known answers.
@Suite struct ContrastiveSummaryTests {
  private func pair(
    _ foil: Int, _ spot: Spot?, count: Int = 10, failed: Int = 0, change: Float = 0.25
  ) throws -> MeanDifference {
    var mean = [Float](repeating: 0, count: 24)
    mean[1] = change
    return MeanDifference(
      fact: ClassSet(0), foil: ClassSet(foil), count: count, failedCount: failed,
      mean: try Tensor(mean, shape: [1, 4, 6]), spot: spot)
  }

  private let wide = Spot(top: 0, left: 0, side: 4, massFraction: 0.8, areaFraction: 0.6)
  private let narrow = Spot(top: 0, left: 1, side: 1, massFraction: 0.62, areaFraction: 0.05)

  private func report(
    _ pairs: [MeanDifference], inputs: [ClassSet: Tensor] = [:],
    examples: [ContrastiveExample?] = [], labels: [String] = ["4", "9", "3", "7"]
  ) throws -> ContrastiveSummaryReport {
    ContrastiveSummaryReport(
      network: try ContrastiveToys.network(labels: labels), source: "digits",
      pictureCount: 12, method: .cdeepex, pairs: pairs, examples: examples,
      meanInputs: inputs,
      provenance: Provenance(
        command: "rather counterfactual --summary digits",
        network: .init(path: "toy.pt2", sha256: "00"),
        generator: [.init(path: "decoder.pt2", sha256: "22")], settings: ["starts": 2], seed: 7,
        version: "test"))
  }

  private func page(in path: String) throws -> String {
    try String(contentsOfFile: path + "/index.html", encoding: .utf8)
  }

  @Test func `the most surprising spot comes first, and pairs without an answer last`() throws {
    let path = try ReportTests.freePath()
    let manifest = try report([
      pair(1, nil, count: 0, failed: 12), pair(2, wide), pair(3, narrow, failed: 2),
    ]).write(to: path)
    #expect(
      manifest.pairs.map(\.key) == ["4-rather-than-7", "4-rather-than-3", "4-rather-than-9"])
    #expect(
      manifest.pairs.map(\.png) == [
        "4-rather-than-7-mean.png", "4-rather-than-3-mean.png", nil,
      ])
    #expect(manifest.pairs[0].scale == 0.25 && manifest.pairs[0].failedCount == 2)
    #expect(manifest.pairs[0].spot?.surprise == narrow.logLikelihoodRatio)
    let data = try Data(contentsOf: URL(filePath: path + "/manifest.json"))
    let read = try JSONDecoder().decode(ContrastiveSummaryManifest.self, from: data)
    #expect(read.pairs == manifest.pairs && read.method == .cdeepex && read.pictureCount == 12)
    let page = try page(in: path).replacing("\u{A0}", with: " ")
    #expect(page.contains("62 % of the change lies in 1 × 1 pixels at the upper left, 5 % of"))
    #expect(
      page.contains(
        "One pair has half of the change or more in one spot: “Why 4, rather than 7?”."))
    #expect(page.components(separatedBy: "class=\"warn\">one spot</b>").count == 2)
    #expect(page.contains("No picture of 12 has an answer."))
    #expect(page.contains("10 pictures; 2 failed; full colour: a mean change of 0.25"))
  }

  @Test func `the spot is outlined over the mean input`() throws {
    let path = try ReportTests.freePath()
    let spot = Spot(top: 1, left: 2, side: 2, massFraction: 0.9, areaFraction: 0.17)
    let input = try Tensor([Float](repeating: 1, count: 24), shape: [1, 4, 6])
    _ = try report([pair(1, spot)], inputs: [ClassSet(0): input]).write(to: path)
    let picture = try Picture(contentsOf: path + "/4-rather-than-9-mean.png")
    // 6 × 4 is shown 64 times larger; the spot's corner lies at column 2 of row 1.
    #expect(picture.width == 384)
    #expect(picture[128, 64] == DrawnPair.outline && picture[131, 67] == DrawnPair.outline)
    #expect(picture[255, 191] == DrawnPair.outline)
    #expect(picture[132, 68] == picture[300, 200], "inside and outside as they were")
    #expect(picture[96, 32] == DifferencePicture.added)
  }

  @Test func `a foil that all narrow spots share is named`() throws {
    let path = try ReportTests.freePath()
    let other = MeanDifference(
      fact: ClassSet(2), foil: ClassSet(1), count: 3, failedCount: 0,
      mean: try pair(1, narrow).mean, spot: narrow)
    _ = try report([pair(1, narrow), other]).write(to: path)
    #expect(
      try page(in: path).contains(
        "2 pairs have half of the change or more in one spot: all of them with 9 as the foil."))
  }

  @Test func `without a narrow spot nothing is flagged`() throws {
    let path = try ReportTests.freePath()
    _ = try report([pair(1, wide)]).write(to: path)
    let page = try page(in: path)
    #expect(page.contains("No pair has half of its change in a tenth of the picture."))
    #expect(!page.contains("one spot</b>"))
  }

  @Test func `a folder written over loses the drawings of what it held`() throws {
    let path = try ReportTests.freePath()
    _ = try report([pair(1, wide), pair(2, wide)]).write(to: path)
    _ = try report([pair(1, wide)]).write(to: path, existing: .overwrite)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
        "4-rather-than-9-mean.png", "index.html", "manifest.json", "maps.npz",
      ])
  }

  @Test func `examples that are kept lie under their rows, and go with the folder's next content`()
    throws
  {
    let path = try ReportTests.freePath()
    let example = try #require(try ContrastiveToys.answer().example)
    _ = try report([pair(1, wide)], examples: [nil, example]).write(to: path)
    let bytes = try Data(contentsOf: URL(filePath: path + "/examples.npz"))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("1/example.npy") && text.contains("1/difference.npy"))
    #expect(!text.contains("0/example.npy"))
    _ = try report([pair(1, wide)]).write(to: path, existing: .overwrite)
    #expect(!FileManager.default.fileExists(atPath: path + "/examples.npz"))
  }

  @Test func `labels are escaped, and names of files are safe`() throws {
    let path = try ReportTests.freePath()
    let manifest = try report(
      [pair(1, narrow), pair(2, wide)], labels: ["T-shirt/top", "<b>", "../<b>", "x"]
    ).write(to: path)
    #expect(
      manifest.pairs.map(\.png) == [
        "t-shirt-top-rather-than-b-mean.png", "t-shirt-top-rather-than-b-2-mean.png",
      ])
    let page = try page(in: path)
    #expect(page.contains("rather than &lt;b&gt;?") && !page.contains("rather than <b>"))
  }

  @Test(arguments: [
    (0, 0, "at the upper left"), (0, 11, "at the upper edge"), (1, 11, "above the middle"),
    (11, 11, "in the middle"), (11, 22, "at the right edge"), (11, 21, "right of the middle"),
    (22, 22, "at the lower right"), (22, 0, "at the lower left"), (22, 11, "at the lower edge"),
    (11, 0, "at the left edge"), (11, 2, "left of the middle"), (0, 22, "at the upper right"),
  ])
  func `a place has words`(top: Int, left: Int, words: String) {
    let spot = Spot(top: top, left: left, side: 6, massFraction: 0.6, areaFraction: 36.0 / 784)
    #expect(SpotWording(spot, in: [1, 28, 28]).place == words)
  }
}
