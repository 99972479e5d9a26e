import Foundation
import Imagery
import Networks
import TestSupport

/// A folder with the toy network, a tree of its classes, and two pictures to browse; one label is written like a tag.
struct ServePlace {
  let folder: URL

  /// - Parameter scale: How often the pictures' 12 × 8 pixels stand in a row and in a column.
  init(scale: Int = 1) throws {
    folder = try References.temporaryFolder()
    try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: folder.appending(path: "toy.pt2").path)
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "<b>viola</b>"])
      .write(to: folder.appending(path: "toy.json").path)
    try Data(SchemeTests.tree.replacing("c002-viola", with: "c002-<b>viola</b>").utf8)
      .write(to: folder.appending(path: "tree.json"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "photos"), withIntermediateDirectories: true)
    try draw("photos/a.png", 7, scale)
    try draw("photos/b.png", 11, scale)
  }

  func draw(_ name: String, _ step: Int, _ scale: Int = 1) throws {
    let picture = try Picture(
      width: 12, height: 8, pixels: (0..<288).map { UInt8($0 * step % 256) }
    ).enlarged(by: scale)
    try Data(picture.png()).write(to: folder.appending(path: name))
  }

  func served(_ words: [String] = ["photos"]) throws -> Served {
    try Served(["--model", "toy.pt2"] + words, in: folder)
  }
}
