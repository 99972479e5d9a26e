import Contrast
import Evaluation
import Faithfulness
import Foundation
import Imagery
import Networks

/// A folder with the toy network, a tree of its classes, and pictures.
struct EvaluatePlace: CommandPlace {
  let place: Workplace

  init(pictures: Int) throws {
    place = try Workplace()
    try place.write("tree.json", SchemeTests.tree)
    try FileManager.default.createDirectory(
      atPath: place.path("photos"), withIntermediateDirectories: true)
    for i in 0..<pictures {
      let level = 200 * i / max(1, pictures - 1)
      let pixels = (0..<288).map { UInt8(min(255, level + $0 * 7 % 50)) }
      try Data(Picture(width: 12, height: 8, pixels: pixels).png())
        .write(to: place.folder.appending(path: String(format: "photos/%03d.png", i)))
    }
  }

  /// The names in the folder that the tests did not put there.
  var left: [String] {
    get throws { try place.left.filter { !["photos", "tree.json"].contains($0) } }
  }

  static let words = [
    "evaluate", "--model", "toy.pt2", "--images", "photos", "--mass", "1", "--explainers",
    "grad-cam,rise", "--settings", "rise:masks=24", "--step", "3", "--whole-steps", "4",
    "--insert-from", "blur:1",
  ]

  /// `rather evaluate` on the toy network, by the tree, unless the words say otherwise.
  func run(_ words: String...) throws -> Command {
    let clusters = words.contains("--clusters") ? [] : ["--tree", "tree.json"]
    let out = words.contains("-o") ? [] : ["-o", "run"]
    return try Command(Self.words + clusters + out + words, in: place.folder)
  }

  /// Everything that a run holds, in an order of its own; numbers to the bit.
  func dump(_ name: String = "run") throws -> [String] {
    let run = try EvaluationRun.open(place.path(name))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    return try [text(run.identity)]
      + run.methods.map { "\(try text($0.explainer)) \($0.scheme) \($0.support as Any)" }
      + run.pictures.flatMap { picture in
        try ["\(picture)"] + run.pairs(of: picture).map { "\($0.pair) \($0.curves)" }
      }
  }
}
