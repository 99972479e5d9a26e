import Files
import Foundation
import Terms

/// What goes to the terminal: results to standard output, everything else to standard error.
enum Console {
  /// Prints a line of messages to standard error.
  static func message(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

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
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
      throw FileError.unwritable("standard output", reason: "it is closed or full")
    }
  }

  /// A fraction as a percentage in five columns.
  static func percent(_ fraction: Float) -> String { String(format: "%5.1f %%", fraction * 100) }
}

/// Shows progress on standard error: a bar on a terminal, a line now and then elsewhere.
final class Meter {
  private let title: String
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let start = Date()
  private var lastShown = Date.distantPast

  private let patience: TimeInterval
  private let before: Int

  /// - Parameters:
  ///   - patience: Seconds of work that nobody needs to be told of.
  ///   - before: Steps that an earlier run has done; they do not count for the rate.
  init(_ title: String, patience: TimeInterval = 0, before: Int = 0) {
    self.title = title
    self.patience = patience
    self.before = before
  }

  /// Prints a line of messages above the bar.
  func message(_ text: String) {
    Console.message(isTerminal ? "\r\u{1B}[K" + text : text)
  }

  func show(_ update: ProgressUpdate) {
    if Date().timeIntervalSince(start) < patience { return }
    let isLast = update.completed >= update.total
    let pause: TimeInterval = isTerminal ? 0.1 : 15
    guard isLast || Date().timeIntervalSince(lastShown) > pause else { return }
    lastShown = Date()
    let text = line(update)
    guard isTerminal else { return Console.message(text) }
    let end = isLast ? "\n" : ""
    try? FileHandle.standardError.write(contentsOf: Data(("\r\u{1B}[K" + text + end).utf8))
  }

  private func line(_ update: ProgressUpdate) -> String {
    let fraction = Double(update.completed) / Double(max(update.total, 1))
    let elapsed = Date().timeIntervalSince(start)
    var parts = [title]
    if isTerminal {
      let filled = Int(fraction * 24)
      parts.append(
        "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
          + "]")
    }
    parts.append(String(format: "%3.0f %%", fraction * 100))
    if elapsed > 0.5 && update.completed > before {
      let rate = Double(update.completed - before) / elapsed
      parts.append(
        rate < 0.1
          ? String(format: "%.0f s each", 1 / rate)
          : String(format: rate < 10 ? "%.1f/s" : "%.0f/s", rate))
      parts.append(Self.time(Double(update.total - update.completed) / rate) + " left")
    }
    if !update.note.isEmpty { parts.append(update.note) }
    return parts.joined(separator: "  ")
  }

  private static func time(_ seconds: TimeInterval) -> String {
    let whole = Int(max(seconds, 0).rounded())
    return String(format: "%d:%02d", whole / 60, whole % 60)
  }
}
