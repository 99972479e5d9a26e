import Files
import Foundation

/// A folder for readers that want files: in memory, where the system has such a place.
final class Scratch {
  let folder: String

  init() throws {
    let memory = "/dev/shm"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    let parent = isThere ? memory : FileManager.default.temporaryDirectory.path
    folder = "\(parent)/rather-fuzz-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Where a file of this name lies.
  func path(_ name: String) -> String { folder + "/" + name }

  /// Writes bytes under a name, and returns the path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path(name)
    guard let file = fopen(path, "wb") else { throw FileError.refusal(of: path) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return path
  }
}
