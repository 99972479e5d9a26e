import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@testable import rather

/// A computation that the processor stops ends in a sentence, and not in a stack.
///
/// Kinds: bad input; completeness over the signals that stop a process.
@Suite struct FatalSignalTests {
  @Test(arguments: FatalSignals.numbers)
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
      "--settings", "masks=10000000",
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

  @Test func `every signal that a fault raises is met`() {
    #expect(Set(FatalSignals.numbers) == [SIGSEGV, SIGFPE, SIGBUS, SIGILL, SIGABRT, SIGTRAP])
  }

  @Test func `a stack that is full ends in the sentence too`() async {
    let ending = await #expect(
      processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
    ) {
      FatalSignals.endInASentence()
      _ = Self.depth(of: 0)
    }
    let text = String(decoding: ending?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Error: the computation broke off."), "\(text)")
  }

  /// Recurses until the stack is full.
  @inline(never) private static func depth(of level: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { room in
      room[0] = UInt8(truncatingIfNeeded: level)
      return depth(of: level + 1) + Int(room[0])
    }
  }

  @Test func `the sentence speaks of a network only where one is read`() async {
    let other = await #expect(
      processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
    ) {
      FatalSignals.endInASentence()
      abort()
    }
    let reader = await #expect(
      processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
    ) {
      FatalSignals.endInASentence()
      FatalSignals.nameNetwork()
      abort()
    }
    let texts = [other, reader].map {
      String(decoding: $0?.standardErrorContent ?? [], as: UTF8.self)
    }
    #expect(!texts[0].contains("network") && texts[0].contains("broke off"), "\(texts[0])")
    #expect(texts[1].contains("network's file"), "\(texts[1])")
  }

  @Test func `a library that ends the process is answered for`() async {
    let ending = await #expect(
      processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
    ) {
      Ending.answerForLibraries()
      exit(1)
    }
    let text = String(decoding: ending?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Error: a library") && text.contains("OMP_NUM_THREADS"), "\(text)")
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
