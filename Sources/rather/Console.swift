import Files
import Foundation
import Terms

/// What goes to the terminal: results to standard output, everything else to standard error.
///
/// Names may come from files of anybody, so what cannot be seen is spelt here, for all of them: a line
/// that is given stays one line.
enum Console {
  /// Prints lines of results to standard output.
  static func show(_ lines: String...) {
    let text = lines.map { VisibleText.of($0) + "\n" }.joined()
    // What it is printed of has been done and written, so nothing is lost by ending here.
    do { try output(text) } catch { Ending.end(with: error) }
  }

  /// Prints a text of several lines to standard output.
  static func show(text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { show(String(line)) }
  }

  /// Prints a line of messages to standard error.
  static func message(_ text: String) { StatusLine.shared.write(VisibleText.of(text) + "\n") }

  /// Prints what is wrong, and what may be filled in to set it right.
  static func error(_ fault: any Fault) {
    message("Error: \(VisibleText.sentence("\(fault)"))")
    for line in fault.template?.split(separator: "\n") ?? [] { message(String(line)) }
  }

  /// Prints a value as JSON to standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try json(text: String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
  }

  /// Prints JSON to standard output.
  ///
  /// - Throws: `FileError` when nobody takes it.
  static func json(text: String) throws {
    try output(VisibleText.ofJSON(text))
  }

  private static func output(_ text: String) throws {
    StatusLine.shared.clear()
    do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
      throw FileError.unwritable("standard output", reason: "it is closed or full")
    }
  }

  /// Writes to standard error; there is nobody to tell where that fails.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
