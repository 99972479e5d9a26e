import Files
import Foundation
import Terms

/// What goes to the terminal: results to standard output, everything else to standard error.
enum Console {
  /// Prints a line of messages to standard error.
  static func message(_ text: String) { StatusLine.shared.write(text + "\n") }

  /// Prints a value as JSON to standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try output(try encoder.encode(value) + Data("\n".utf8))
  }

  /// Writes bytes to standard output.
  ///
  /// - Throws: `FileError` when nobody takes them.
  static func output(_ data: Data) throws {
    StatusLine.shared.clear()
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
      throw FileError.unwritable("standard output", reason: "it is closed or full")
    }
  }

  /// A fraction as a percentage in five columns.
  static func percent(_ fraction: Float) -> String { String(format: "%5.1f %%", fraction * 100) }
}
