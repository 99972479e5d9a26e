import Foundation
import Terms

/// The last line of a terminal, where a work that takes its time shows how far it has come.
///
/// It is drawn anew twice a second by a thread of its own, so that it moves whatever the work is about;
/// a work that shows nothing is called by the command's name. Nothing is drawn in a log, nor in the
/// first half second.
/// Sendable because every access holds the lock.
final class StatusLine: @unchecked Sendable {
  static let shared = StatusLine()

  /// Whether standard error is a terminal.
  let isTerminal = isatty(STDERR_FILENO) != 0

  private let lock = NSLock()
  private var shown: (line: ProgressLine, start: Date)?
  /// What is shown where nothing else is.
  private var base: (line: ProgressLine, start: Date)?
  private var isDrawn = false

  /// Seconds of work that nobody needs to be told of.
  private static let patience = 0.6
  private static let pause = 0.4
  private static let barLength = 24

  /// Begins to draw; once, for the whole command.
  func start(_ command: String) {
    guard isTerminal else { return }
    lock.withLock { base = (ProgressLine(command), Date()) }
    let thread = Thread {
      while true {
        Thread.sleep(forTimeInterval: Self.pause)
        self.lock.withLock { self.draw() }
      }
    }
    thread.start()
  }

  /// Shows a work that began at some time.
  func show(_ line: ProgressLine, since start: Date) {
    guard isTerminal else { return }
    lock.withLock {
      shown = (line, start)
      guard line.isDone else { return }
      // A work that was shown ends in a line that stays.
      if isDrawn {
        draw()
        put("\n")
      }
      (shown, isDrawn) = (nil, false)
      restart()
    }
  }

  /// Shows a work no longer, unless another has taken its place.
  func stopShowing(since start: Date) {
    guard isTerminal else { return }
    lock.withLock {
      guard shown?.start == start else { return }
      erase()
      shown = nil
      restart()
    }
  }

  /// Writes text above the line.
  func write(_ text: String) {
    lock.withLock {
      erase()
      put(text)
      restart()
    }
  }

  /// Makes room for what is written to the terminal otherwise.
  func clear() {
    guard isTerminal else { return }
    lock.withLock {
      erase()
      restart()
    }
  }

  /// Draws nothing any more.
  func end() {
    guard isTerminal else { return }
    lock.withLock {
      erase()
      (shown, base) = (nil, nil)
    }
  }

  /// What has no bar is shown after a second in which nothing was.
  private func restart() {
    if let line = base?.line { base = (line, Date()) }
  }

  private func draw() {
    guard let (line, start) = shown ?? base else { return }
    let seconds = Date().timeIntervalSince(start)
    guard seconds >= Self.patience else { return }
    // A longer line would wrap, and no longer be one that can be drawn anew.
    let text = VisibleText.of(line.text(at: seconds, bar: Self.barLength)).prefix(Self.columns - 1)
    put("\r\u{1B}[K" + text + "\r")
    isDrawn = true
  }

  /// How wide the terminal is.
  private static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }

  private func erase() {
    if isDrawn { put("\r\u{1B}[K") }
    isDrawn = false
  }

  private func put(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
