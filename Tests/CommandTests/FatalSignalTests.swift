import Foundation
import Networks
import Tensors
import TestSupport
import Testing

/// A computation that the processor stops ends in a sentence, and not in a stack.
///
/// Kinds: bad input.
@Suite struct FatalSignalTests {
  @Test(arguments: [SIGSEGV, SIGFPE, SIGBUS, SIGILL])
  func `a process that is stopped says so in one line and with the status of a defect`(
    number: Int32
  ) throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    let process = Process()
    process.executableURL = Command.binary
    // Long enough to be met at work.
    process.arguments = [
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--explainer", "rise",
      "--settings", "masks=2000000",
    ]
    process.currentDirectoryURL = workplace.folder
    let messages = Pipe()
    process.standardError = messages
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // The command ignores SIGXFSZ before it takes these over; loading libtorch may take its time.
    while process.isRunning, !Self.ignores(SIGXFSZ, process.processIdentifier) {
      Thread.sleep(forTimeInterval: 0.01)
    }
    Thread.sleep(forTimeInterval: 0.3)
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationReason == .exit && process.terminationStatus == 70, "\(text)")
    let last = text.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("Error: the computation broke off"), "\(text)")
    #expect(!text.contains(" at /") && !text.contains("Thread 0"), "\(text)")
  }

  /// Whether a process ignores a signal, as its system tells.
  private static func ignores(_ number: Int32, _ process: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let mask = line.flatMap {
      UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16)
    }
    return (mask ?? 0) >> UInt64(number - 1) & 1 == 1
  }
}
