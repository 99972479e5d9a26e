internal import CGD
internal import Glibc
internal import Synchronization

/// Collects what libgd says during one call, so that it never reaches standard error.
///
/// libgd has one message function for the whole process. Ours appends to the collector of the
/// thread or task that is in ``during(_:)`` and drops messages where there is none.
final class GDMessages: Sendable {
  private let lines = Mutex<[String]>([])

  @TaskLocal private static var current: GDMessages?

  /// The result of a call into libgd, and all that libgd said in the meantime.
  static func during<Result>(_ call: () -> Result) -> (Result, messages: [String]) {
    _ = installed
    let messages = GDMessages()
    let result = $current.withValue(messages) { call() }
    return (result, messages.lines.withLock { $0 })
  }

  /// Runs once in a process.
  private static let installed: Void = gdSetErrorMethod { _, format, arguments in
    guard let messages = GDMessages.current, let format, let arguments else { return }
    var text = [CChar](repeating: 0, count: 512)
    guard vsnprintf(&text, text.count, format, arguments) >= 0 else { return }
    let line = String(
      decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    messages.lines.withLock { $0.append(GDMessages.plain(line)) }
  }

  /// A message without libgd's own prefixes and line ends.
  private static func plain(_ line: String) -> String {
    let prefixes = [
      "gd-jpeg, libjpeg: recoverable error: ", "gd-png: fatal libpng error: ",
      "gd-jpeg: JPEG library reports unrecoverable error: ",
    ]
    let text = prefixes.first(where: line.hasPrefix).map { line.dropFirst($0.count) } ?? line[...]
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
