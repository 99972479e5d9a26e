import Foundation
import Testing

@testable import Networks

/// Jobs on threads: invariance of order, bounds, ends.
@Suite struct OrderedThreadsTests {
  /// Counts from several threads; Sendable because every access holds the lock.
  final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var now = 0
    private var most = 0

    var largest: Int { lock.withLock { most } }
    var current: Int { lock.withLock { now } }

    func change(by step: Int) {
      lock.withLock {
        now += step
        most = max(most, now)
      }
    }
  }

  @Test(arguments: [1, 2, 7, 100])
  func `results come in the order of jobs, however long each takes`(threads: Int) throws {
    let started = Count()
    var found: [Int] = []
    try OrderedThreads.run(5..<45, threads: threads) {
      started.change(by: 1)
    } work: { job in
      if job.isMultiple(of: 7) { Thread.sleep(forTimeInterval: 0.003) }
      return job * job
    } consume: {
      found.append($0)
    }
    #expect(found == (5..<45).map { $0 * $0 })
    #expect(started.current == min(threads, 40), "each thread starts once")
  }

  @Test func `no more jobs are done ahead than four a thread`() throws {
    let ahead = Count()
    try OrderedThreads.run(0..<60, threads: 2) {
    } work: { _ in
      ahead.change(by: 1)
    } consume: { _ in
      Thread.sleep(forTimeInterval: 0.002)
      ahead.change(by: -1)
    }
    // The one that is being consumed is counted until it is done.
    #expect(ahead.largest <= 2 * 4 + 1 && ahead.largest > 1, "\(ahead.largest)")
  }

  @Test func `a job's error comes in its turn, and nothing runs on`() {
    struct Fault: Error {}
    let running = Count()
    var found: [Int] = []
    #expect(throws: Fault.self) {
      try OrderedThreads.run(0..<1000, threads: 3) {
      } work: { job in
        running.change(by: 1)
        defer { running.change(by: -1) }
        Thread.sleep(forTimeInterval: 0.001)
        if job == 5 { throw Fault() }
        return job
      } consume: {
        found.append($0)
      }
    }
    #expect(found == [0, 1, 2, 3, 4] && running.current == 0)
    #expect(throws: Fault.self) {
      try OrderedThreads.run(0..<3, threads: 2) {
        throw Fault()
      } work: {
        $0
      } consume: { _ in
      }
    }
  }

  @Test func `no jobs are no work`() throws {
    try OrderedThreads.run(3..<3, threads: 2) {
    } work: {
      $0
    } consume: { _ in
      Issue.record("a job")
    }
  }
}
