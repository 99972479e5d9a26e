public import Foundation

/// Where tests find real data and a Python with the reference libraries.
public enum References {
  /// The package's folder.
  public static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of real networks and photos, from `RATHER_DATA`.
  public static let data: URL? = ProcessInfo.processInfo.environment["RATHER_DATA"].flatMap {
    let url = URL(filePath: $0, relativeTo: package).absoluteURL
    return FileManager.default.fileExists(atPath: url.appending(path: "models").path) ? url : nil
  }

  /// The project's Python, with PyTorch, NumPy and Pillow.
  public static let python: URL? = {
    let url = package.appending(path: ".venv/bin/python")
    return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
  }()

  /// Whether the project's Python has PyArrow, whose wheels some machines lack.
  public static let hasPyArrow: Bool = {
    guard python != nil else { return false }
    return (try? run("has_module.py", ["pyarrow"])) == "yes\n"
  }()

  /// Why tests that need them are skipped.
  public static let needsData = "RATHER_DATA does not name a folder of real networks and photos"
  /// Why tests that need Python are skipped.
  public static let needsPython = "the project's Python (.venv) is not installed"

  /// Why tests that read tables back are skipped.
  public static let needsPyArrow = "the project's Python (.venv) has no PyArrow"

  /// A new folder that the caller may fill.
  public static func temporaryFolder() throws -> URL {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "rather-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// Runs one of the scripts in `Tests/Reference` and returns what it printed.
  public static func run(_ script: String, _ arguments: [String]) throws -> String {
    guard let python else { throw CocoaError(.fileNoSuchFile) }
    let process = Process()
    process.executableURL = python
    process.arguments = [package.appending(path: "Tests/Reference/\(script)").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ScriptFailed(script: script) }
    return String(decoding: text, as: UTF8.self)
  }

  /// A reference script ended with an error, which it printed.
  public struct ScriptFailed: Error {
    let script: String
  }
}
