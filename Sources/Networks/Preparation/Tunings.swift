internal import Files
internal import Foundation

/// A small file of measured choices, so that the fastest one is the same in every run.
///
/// A file that is missing, unreadable or of another version counts as empty; where it cannot be
/// written, the usual choice holds.
public struct Tunings: Hashable, Sendable {
  /// Where the file lies.
  public let path: String

  /// Names a file; it need not exist, nor its folder.
  public init(path: String) { self.path = path }

  /// The file of the person who runs the program: `rather/tunings.json` in `$XDG_CACHE_HOME`, or in
  /// `~/.cache`.
  public static var `default`: Tunings {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache").path
    return Tunings(path: cache + "/rather/tunings.json")
  }

  /// How a program is made ready, and for how many pictures a pass.
  struct Choice: Codable, Hashable {
    let form: PreparedProgram.Form
    let batch: Int
  }

  private struct File: Codable {
    var version = 1
    var choices: [String: Choice] = [:]
  }

  /// The choice that was kept for a key.
  func choice(for key: String) -> Choice? { read().choices[key] }

  /// Keeps a choice, and returns what is kept for the key: another run may have been first. `nil`
  /// where the file cannot be written.
  func keep(_ choice: Choice, for key: String) -> Choice? {
    var file = read()
    if let first = file.choices[key] { return first }
    file.choices[key] = choice
    let url = URL(filePath: path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try encoder.encode(file).write(to: url, options: .atomic)
    } catch { return nil }
    return choice
  }

  private func read() -> File {
    guard let bytes = try? ByteStream.bytes(path, atMost: 16 << 20),
      let file = try? JSONDecoder().decode(File.self, from: Data(bytes)), file.version == 1
    else { return File() }
    return file
  }
}
