import Foundation
import Testing

/// Pillow and NumPy in the project's own Python, where it is installed, as the reference.
enum PythonReference {
  /// Why a test that needs it is skipped.
  static let reason: Comment = "the project's Python environment .venv is not installed"

  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

  private static let python = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".venv/bin/python").path

  /// Runs a script in a new folder of its own, where it leaves its files.
  ///
  /// The script finds `np`, `Image`, `photo(height, width)` (smooth shapes, some noise) and
  /// `truth(name, image)`, which leaves the RGB bytes of an image in `name.rgb`.
  static func folder(_ script: String, arguments: [String] = []) throws -> Folder {
    let folder = try Folder()
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", prelude + script] + arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complaint, as: UTF8.self))
    }
    return folder
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let prelude = """
    import sys, struct, zlib
    import numpy as np
    from PIL import Image
    def photo(height, width):
      y, x = np.mgrid[0:height, 0:width] / max(height, width)
      waves = [np.sin(9 * x + 5 * y), np.cos(7 * y * y + 3 * x), np.sin(25 * x * y)]
      noise = np.random.default_rng(7).normal(0, 6, (height, width, 3))
      return Image.fromarray(
        np.clip(128 + 100 * np.stack(waves, 2) + noise, 0, 255).astype(np.uint8))
    def truth(name, image):
      open(name + '.rgb', 'wb').write(image.convert('RGB').tobytes())

    """
}

/// A new folder under the system's temporary one, removed with its last reference.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: file(name))))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: file(name)))
  }
}
