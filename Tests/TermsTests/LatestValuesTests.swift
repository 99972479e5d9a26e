import Foundation
import TestSupport
import Testing

@testable import Terms

/// Values that are kept while they are wanted.
@Suite struct LatestValuesTests {
  private struct Refused: Error {}

  @Test func `a value is made once, however many want it at once`() throws {
    let values = LatestValues<Int, Int>(upTo: 100) { $0 }
    let made = Counter()
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      let value = values.value(of: 1) {
        made.add()
        return 7
      }
      #expect(value == 7)
    }
    #expect(made.count == 1)
  }

  @Test func `what was wanted longest ago goes first, and the last stays however large`() {
    let values = LatestValues<Int, Int>(upTo: 100) { $0 }
    let made = Counter()
    func want(_ key: Int, bytes: Int = 40) -> Bool {
      let before = made.count
      _ = values.value(of: key) {
        made.add()
        return bytes
      }
      return made.count > before
    }
    #expect(want(1) && want(2) && !want(1))
    #expect(want(3), "three of 40 bytes are too many")
    #expect(!want(1) && want(2), "1 was wanted after 2")
    #expect(want(4, bytes: 1000) && !want(4, bytes: 1000))
    #expect(want(1))
  }

  @Test func `nobody waits for a value that another wants`() throws {
    let values = LatestValues<Int, Int>(upTo: 100) { $0 }
    let (isBegun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      _ = values.value(of: 1) {
        isBegun.signal()
        mayEnd.wait()
        return 7
      }
    }
    isBegun.wait()
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      _ = values.value(of: 2) { 8 }
      isDone.signal()
    }
    #expect(isDone.wait(timeout: .now() + 30) == .success)
    mayEnd.signal()
    #expect(values.value(of: 1) { 9 } == 7)
  }

  @Test func `what could not be made is tried again`() throws {
    let values = LatestValues<Int, Int>(upTo: 100) { $0 }
    #expect(throws: Refused.self) { try values.value(of: 1) { throw Refused() } }
    #expect(values.value(of: 1) { 3 } == 3)
  }

  /// Sendable because every access holds the lock.
  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0
    var count: Int { lock.withLock { number } }
    func add() { lock.withLock { number += 1 } }
  }
}
