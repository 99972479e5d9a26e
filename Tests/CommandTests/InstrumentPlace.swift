import Foundation
import Imagery
import Networks
import TestSupport

/// A folder with a toy network of eight instruments, a tree of them with three levels, and pictures to browse.
struct InstrumentPlace {
  static let labels = ["cello", "violin", "viola", "harp", "banjo", "guitar", "flute", "oboe"]

  /// {cello, violin} and {viola, harp} meet at level 2, {banjo, guitar} and {flute, oboe} too, and all at level 3.
  static let tree: String = {
    func node(_ name: String, _ level: Int, _ text: String, _ children: [String] = []) -> String {
      """
      {"id": "\(name)", "text": "\(text)", "data": {"name": "\(name)", "level": \(level), "percentage": 0.5},
       "children": [\(children.joined(separator: ", "))]}
      """
    }
    let pairs = [0, 2, 4, 6].map { first in
      let words = [first, first + 1].map { "c00\($0)-\(labels[$0]) 0.02" }
      return node("Z1\(first / 2 + 1)", 1, words.joined(separator: " "))
    }
    return "["
      + node(
        "Z31", 3, "",
        [node("Z21", 2, "", Array(pairs[0..<2])), node("Z22", 2, "", Array(pairs[2..<4]))])
      + "]"
  }()

  let folder: URL

  init() throws {
    folder = try References.temporaryFolder()
    try ToyNetworks.pooled(
      kernels: [1, -1, 2, -2], biases: [-0.5, 0.6, -1.4, 0.5],
      head: [
        [9, -3, 1, 2], [8, 1, 0, -2], [4, 3, 2, 1], [1, 5, -2, 0], [-4, 2, 8, 2], [-2, 0, 7, 4],
        [1, 1, -1, 6], [3, 4, 0, 1],
      ], height: 8, width: 12
    ).write(to: folder.appending(path: "toy.pt2").path)
    try ToyNetworks.card(height: 8, width: 12, labels: Self.labels)
      .write(to: folder.appending(path: "toy.json").path)
    try Data(Self.tree.utf8).write(to: folder.appending(path: "tree.json"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "photos"), withIntermediateDirectories: true)
    for (name, step) in [("a", 7), ("b", 11), ("c", 2), ("d", 5), ("e", 1)] {
      let picture = try Picture(
        width: 12, height: 8, pixels: (0..<288).map { UInt8($0 / 3 * step % 256) }
      ).enlarged(by: 10)
      try Data(picture.png()).write(to: folder.appending(path: "photos/\(name).png"))
    }
  }

  func served() throws -> Served {
    try Served(["--model", "toy.pt2", "--tree", "tree.json", "photos"], in: folder)
  }
}
