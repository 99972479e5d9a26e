import Files
import Foundation
import Imagery
import Networks
import Terms
import TestSupport

@testable import Documents

/// A folder of small pictures, dark to light, and a toy network that answers them differently.
struct ToyPictures {
  let folder: URL
  let network: Network

  init(_ count: Int) throws {
    folder = try References.temporaryFolder()
    network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
        height: 4, width: 6))
    try FileManager.default.createDirectory(
      atPath: path("photos/deeper"), withIntermediateDirectories: true)
    for i in 0..<count {
      let level = 255 * i / max(1, count - 1)
      let pixels = (0..<288).map { UInt8(min(255, level + $0 * 7 % 40)) }
      let name = String(format: i % 3 == 2 ? "photos/deeper/%03d.png" : "photos/%03d.png", i)
      try put(Picture(width: 12, height: 8, pixels: pixels).png(), in: name)
    }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func put(_ bytes: some Sequence<UInt8>, in name: String) throws {
    try Data(Array(bytes)).write(to: folder.appending(path: name))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  func run(
    _ settings: DocumentSettings = DocumentSettings(batch: 4), shard: Shard = .whole,
    of pictures: String = "photos"
  ) throws -> DocumentRun {
    try DocumentRun(
      of: PictureList(at: path(pictures)), by: network, networkSHA256: "toy", settings: settings,
      shard: shard)
  }
}

extension DocumentRun {
  /// Writes with small means.
  @discardableResult func write(
    to path: String, existing: ExistingFiles = .refuse, workers: Int = 2,
    progress: ProgressHandler = { _ in }
  ) throws -> DocumentSummary {
    try write(
      to: path, existing: existing, workers: workers, memory: 1 << 26, progress: progress)
  }
}
