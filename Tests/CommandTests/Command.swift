import Foundation
import Imagery
import Networks
import TestSupport
import Testing

/// Runs the built command as a person would.
struct Command {
  let status: Int32
  let output: String
  let messages: String

  static let binary: URL? = {
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      References.package.appending(path: ".build/debug"),
    ]
    return folders.map { $0.appending(path: "rather") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }()

  /// - Parameters:
  ///   - input: A file in the folder that is its standard input.
  ///   - temporary: Its folder for temporary files, where that is another than the tests' own.
  ///   - isRead: Whether anybody reads its output; else it writes to a pipe whose reader is gone.
  init(
    _ arguments: [String], in folder: URL, input: String? = nil, temporary: URL? = nil,
    isRead: Bool = true
  ) throws {
    let process = Process()
    if let temporary {
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["TMPDIR": temporary.path]) { $1 }
    }
    process.executableURL = Self.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let files = ["output", "messages"].map { folder.appending(path: ".\($0)-\(UUID().uuidString)") }
    for file in files { try Data().write(to: file) }
    if isRead {
      process.standardOutput = try FileHandle(forWritingTo: files[0])
    } else {
      let pipe = Pipe()
      process.standardOutput = pipe
      try pipe.fileHandleForReading.close()
    }
    process.standardError = try FileHandle(forWritingTo: files[1])
    if let input {
      process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: input))
    }
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: files[0], encoding: .utf8)
    messages = try String(contentsOf: files[1], encoding: .utf8)
    for file in files { try FileManager.default.removeItem(at: file) }
  }
}

/// A folder with a toy network, its card and a picture.
struct Workplace {
  let folder: URL

  init() throws {
    folder = try References.temporaryFolder()
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6)
    try program.write(to: path("toy.pt2"))
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "viola"])
      .write(to: path("toy.json"))
    let picture = try Picture(
      width: 12, height: 8, pixels: (0..<288).map { UInt8($0 * 7 % 256) })
    try Data(picture.png()).write(to: folder.appending(path: "photo.png"))
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func run(_ words: String...) throws -> Command { try Command(words, in: folder) }

  /// The names in the folder that the tests did not put there.
  var left: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !["toy.pt2", "toy.json", "photo.png"].contains($0) }.sorted()
    }
  }
}
