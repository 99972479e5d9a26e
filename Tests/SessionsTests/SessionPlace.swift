import Foundation
import Imagery
import Networks
import Sessions
import TestSupport

/// A folder with a toy network, its card and pictures, in which requests are answered without a command.
struct SessionPlace {
  let folder: URL

  /// - Parameter pictures: How many pictures lie in the folder `photos`, each another.
  init(pictures: Int = 0) throws {
    folder = try References.temporaryFolder()
    try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: path("toy.pt2"))
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "viola"])
      .write(to: path("toy.json"))
    try draw("photo.png", 7)
    if pictures == 0 { return }
    try FileManager.default.createDirectory(
      atPath: path("photos"), withIntermediateDirectories: true)
    for i in 0..<pictures { try draw(String(format: "photos/%03d.png", i), 7 + 2 * i) }
  }

  func draw(_ name: String, _ step: Int) throws {
    let picture = try Picture(
      width: 12, height: 8, pixels: (0..<288).map { UInt8($0 * step % 256) })
    try Data(picture.png()).write(to: folder.appending(path: name))
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }

  /// The toy network, one thread an operator.
  var network: NetworkChoice {
    var choice = NetworkChoice(path("toy.pt2"))
    choice.threads = 1
    return choice
  }

  /// A request to explain a picture, into a folder of this place.
  func explain(_ picture: String = "photo.png", to out: String) -> Explain {
    var request = Explain(
      path(picture), of: network, asking: .init(why: "cello", ratherThan: "violin"))
    request.place = PlaceChoice(path(out))
    return request
  }
}
