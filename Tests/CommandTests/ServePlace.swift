import Foundation
import Imagery
import Networks
import TestSupport

/// A folder with the toy network, a tree of its classes, and two pictures to browse; one label is written like a tag.
struct ServePlace {
  let folder: URL

  /// - Parameter scale: How often the pictures' 12 × 8 pixels stand in a row and in a column.
  init(scale: Int = 1) throws {
    let place = try Workplace()
    folder = place.folder
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "<b>viola</b>"])
      .write(to: place.path("toy.json"))
    try place.write(
      "tree.json", SchemeTests.tree.replacing("c002-viola", with: "c002-<b>viola</b>"))
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

  /// Writes the file `token`, which `--token-file` reads.
  func write(token: String, mode: Int = 0o600) throws {
    let file = folder.appending(path: "token")
    try Data((token + "\n").utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  func served(_ words: [String] = ["photos"]) throws -> Served {
    try Served(["--model", "toy.pt2"] + words, in: folder)
  }
}
