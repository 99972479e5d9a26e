import Confusion
import Documents
import Files
import Foundation
import Imagery

/// A folder with the toy network and pictures that it answers differently.
struct DocumentsPlace {
  let place: Workplace

  init(pictures: Int) throws {
    place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("photos/deeper"), withIntermediateDirectories: true)
    for i in 0..<pictures {
      let level = 255 * i / max(1, pictures - 1)
      let pixels = (0..<288).map { UInt8(min(255, level + $0 * 7 % 40)) }
      let name = String(format: i % 3 == 2 ? "photos/deeper/%03d.png" : "photos/%03d.png", i)
      try Data(Picture(width: 12, height: 8, pixels: pixels).png())
        .write(to: place.folder.appending(path: name))
    }
  }

  /// `rather documents` on the toy network, its output docs.txt.gz unless the words say otherwise.
  func run(_ words: String...) throws -> Command {
    let out = words.contains("-o") ? [] : ["-o", "docs.txt.gz"]
    return try Command(["documents"] + words + ["--model", "toy.pt2"] + out, in: place.folder)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: place.folder.appending(path: name)))
  }

  func put(_ bytes: some Sequence<UInt8>, in name: String) throws {
    try Data(Array(bytes)).write(to: place.folder.appending(path: name))
  }

  /// The lines of documents.
  func lines(_ name: String = "docs.txt.gz") throws -> [String] {
    String(decoding: try ByteStream.contents(place.path(name), atMost: 1 << 20), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// The work file that a run has when it is killed on the way, which leaves nothing else.
  func workFile(of words: String..., atLeast count: Int = 1200) throws -> [UInt8] {
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = ["documents"] + words + ["--model", "toy.pt2", "-o", "docs.txt.gz"]
    process.currentDirectoryURL = place.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, ((try? bytes("docs.txt.gz.part").count) ?? 0) < count {
      Thread.sleep(forTimeInterval: 0.001)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let work = try bytes("docs.txt.gz.part")
    try FileManager.default.removeItem(atPath: place.path("docs.txt.gz.part"))
    return work
  }
}
