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

/// What the folder of contrastive examples holds: known answers, and bad input.
@Suite struct ContrastiveReportTests {
  private func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test func `an answer has four pictures, a failed one none`() throws {
    let path = try ReportTests.freePath()
    _ = try ContrastiveToys.report([
      ContrastiveToys.answer(),
      ContrastiveToys.failed(foil: 2, [ContrastiveToys.attempt(.unequal(1.2))]),
    ]).write(to: path)
    #expect(
      try names(in: path) == [
        "4-rather-than-9-difference.png", "4-rather-than-9-example.png",
        "4-rather-than-9-way.png", "4-rather-than-9.gif", "index.html", "manifest.json", "maps.npz",
      ])
    let example = try Picture(contentsOf: path + "/4-rather-than-9-example.png")
    #expect(example.width == 6 && example.height == 4, "the network's own size")
    #expect(example[0, 0]?.red == 204 && example[5, 0]?.red == 153 && example[1, 0]?.red == 0)
    let difference = try Picture(contentsOf: path + "/4-rather-than-9-difference.png")
    #expect(difference.width == 384 && difference.height == 256)
    #expect(difference[10, 10] == DifferencePicture.added, "the largest change of all")
  }

  @Test func `an animation goes there and back, and rests at both ends`() throws {
    let path = try ReportTests.freePath()
    _ = try ContrastiveToys.report([ContrastiveToys.answer(frames: 5)]).write(to: path)
    let bytes = [UInt8](
      try Data(contentsOf: URL(filePath: path + "/4-rather-than-9.gif")))
    #expect(GIFDelays.of(bytes) == [110, 9, 9, 9, 110, 9, 9, 9])
    let first = try Picture(decoding: bytes, named: "gif")
    #expect(first.width == 384 && first[0, 0]?.red == 0 && first[383, 0]?.red == 255)
  }

  @Test func `the manifest can be read back and says everything`() throws {
    let path = try ReportTests.freePath()
    let failed = try ContrastiveToys.failed(
      foil: 2,
      [
        ContrastiveToys.attempt(.unequal(1.25)),
        ContrastiveToys.attempt(.otherAbove(2, by: 0.5)),
      ])
    let beside = try [
      ComparedMethodMap(
        title: "LIME", note: "swept", map: Tensor([Float](repeating: 1, count: 24), shape: [4, 6])),
      ComparedMethodMap(title: "PDA", note: "", map: nil, failure: "no samples"),
    ]
    _ = try ContrastiveToys.report([ContrastiveToys.answer(), failed], beside: [beside]).write(
      to: path)
    let data = try Data(contentsOf: URL(filePath: path + "/manifest.json"))
    let manifest = try JSONDecoder().decode(ContrastiveManifest.self, from: data)
    #expect(manifest.schema == 2 && manifest.seed == 7 && manifest.settings == ["starts": 2])
    #expect(manifest.generator.map(\.sha256) == ["22"] && manifest.scale == 0.8)
    let first = manifest.answers[0]
    #expect(first.question == "Why 4, rather than 9?" && first.method == .cdeepex)
    #expect(first.fact == [.init(index: 0, label: "4")] && first.likelihoods.fact == -0.1)
    #expect(first.likelihoods.other == .init(index: 2, label: "3"))
    #expect(first.attempts.map(\.converged) == [false, true])
    #expect(first.attempts[0].failure?.contains("not settled") == true)
    let example = try #require(first.example)
    #expect(example.attempt == 1 && example.range == [-0.4, 0.8] && example.savedHolds)
    #expect(example.path.count == 5 && example.path.last?.fraction == 1)
    // mean Δ² is 0.0001, the input's variance 1/4.
    #expect(abs((example.residualFraction ?? 0) - 0.0004) < 1e-6)
    #expect(first.beside.map(\.key) == ["4-rather-than-9/beside-1", nil])
    #expect(first.beside[1].failure == "no samples")
    let second = manifest.answers[1]
    #expect(second.example == nil && second.failure?.hasPrefix("Both searches failed.") == true)
    #expect(second.failure?.contains("0.5") == true, "the one that came nearest")
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `arrays are raw, the input once`() throws {
    let path = try ReportTests.freePath()
    _ = try ContrastiveToys.report([ContrastiveToys.answer()]).write(to: path)
    let output = try References.run("list_arrays.py", [path + "/maps.npz"])
    #expect(
      output.split(separator: "\n").map(String.init) == [
        "4-rather-than-9/code (3,)", "4-rather-than-9/difference (1, 4, 6)",
        "4-rather-than-9/example (1, 4, 6)", "4-rather-than-9/reconstruction (1, 4, 6)",
        "4-rather-than-9/start-code (3,)", "input (1, 4, 6)",
      ])
  }

  @Test func `names of files are safe, and no two are the same`() throws {
    let labels = ["T-shirt/top", "../T shirt: top?", "<b>"]
    let path = try ReportTests.freePath()
    let manifest = try ContrastiveToys.report(
      [
        ContrastiveToys.answer(fact: 0, foil: 1), ContrastiveToys.answer(fact: 0, foil: 2),
        ContrastiveToys.answer(fact: 1, foil: 0),
      ], labels: labels
    ).write(to: path)
    #expect(
      manifest.answers.map(\.key) == [
        "t-shirt-top-rather-than-t-shirt-top", "t-shirt-top-rather-than-b",
        "t-shirt-top-rather-than-t-shirt-top-2",
      ])
    #expect(try names(in: path).count == 3 * 4 + 3)
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    #expect(page.contains("&lt;b&gt;") && !page.contains("<b><b></b>"))
  }

  @Test func `pictures have the network's order of channels`() throws {
    let numbers = try Tensor([1, 0.5, -2] as [Float], shape: [3, 1, 1])
    // 127.5 is rounded up; what lies outside of 0…1 is clipped.
    #expect(
      try Preprocessing.ChannelOrder.rgb.picture(of: numbers)[0, 0]
        == Color(red: 255, green: 128, blue: 0))
    #expect(
      try Preprocessing.ChannelOrder.bgr.picture(of: numbers)[0, 0]
        == Color(red: 0, green: 128, blue: 255))
    #expect(
      try Preprocessing.ChannelOrder.gray.picture(of: Tensor([0.2] as [Float], shape: [1, 1, 1]))[
        0, 0] == Color(red: 51, green: 51, blue: 51))
    #expect(throws: PictureError.tensorShape([1, 1, 1])) {
      try Preprocessing.ChannelOrder.rgb.picture(of: Tensor([0.2] as [Float], shape: [1, 1, 1]))
    }
  }

  @Test func `a folder written over loses the pictures of what it held`() throws {
    let path = try ReportTests.freePath()
    _ = try ContrastiveToys.report([ContrastiveToys.answer()]).write(to: path)
    _ = try ContrastiveToys.report([
      ContrastiveToys.failed([ContrastiveToys.attempt(.unsettled)])
    ]).write(to: path, existing: .overwrite)
    #expect(try names(in: path) == ["index.html", "manifest.json", "maps.npz"])
  }
}

/// The times of an animation's frames, in hundredths of a second.
enum GIFDelays {
  static func of(_ bytes: [UInt8]) -> [Int] {
    func table(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
    func afterParts(_ start: Int) -> Int {
      var at = start
      while bytes[at] > 0 { at += 1 + Int(bytes[at]) }
      return at + 1
    }
    var (at, delays, delay) = (13 + table(bytes[10]), [Int](), 0)
    while at < bytes.count, bytes[at] != 0x3B {
      if bytes[at] == 0x21 {
        if bytes[at + 1] == 0xF9 { delay = Int(bytes[at + 4]) + Int(bytes[at + 5]) << 8 }
        at = afterParts(at + 2)
      } else {
        delays.append(delay)
        at = afterParts(at + 11 + table(bytes[at + 9]))
      }
    }
    return delays
  }
}
