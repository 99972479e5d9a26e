import Foundation
import TestSupport

/// The libraries as they were built for the tests, and the scripts of `Tools` that look at them.
enum BuiltLibraries {
  /// The folder that holds `Modules`.
  static let folder: URL? = [
    Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
    References.package.appending(path: ".build/debug"),
  ].first {
    FileManager.default.fileExists(atPath: $0.appending(path: "Modules/Rather.swiftmodule").path)
  }

  /// Why tests that look at them are skipped.
  static let needed = "there is no folder of built modules beside the tests"

  /// What a script printed, and how it ended.
  static func run(_ script: String, _ words: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = References.package.appending(path: "Tools/\(script)")
    process.arguments = words
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
