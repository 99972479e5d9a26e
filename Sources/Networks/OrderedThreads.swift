internal import Foundation
package import Tensors

/// Numbered jobs done on several threads, whose results come in order.
///
/// Plain threads, for jobs block: they compute, read files and wait for each other. Each may have one thread for
/// its operators: jobs that share the cores without sharing a pass waste the least of them, and sums do not
/// depend on how many threads there are.
package enum OrderedThreads {
  /// Does jobs of a device and hands over their results in order, on the calling thread; on the processor each
  /// thread has one operator thread.
  ///
  /// - Parameter device: Where jobs compute; the operators of others have their own threads.
  package static func run<Value: Sendable>(
    _ jobs: Range<Int>, threads: Int, onOneOperatorThreadOf device: Device,
    work: @escaping @Sendable (Int) throws -> Value, wait: () throws -> Void = {},
    consume: (Value) throws -> Void
  ) throws {
    let before = LibTorch.threadCount
    // The number that was set last is what threads to come begin with.
    defer { try? LibTorch.setThreadCount(before) }
    try run(
      jobs, threads: threads,
      start: {
        if device == .cpu { try LibTorch.setThreadCount(1) }
      }, work: work, wait: wait, consume: consume)
  }

  /// Does jobs and hands over their results in order, on the calling thread.
  ///
  /// - Parameters:
  ///   - threads: How many threads work. Results wait for their turn, four a thread at most.
  ///   - start: Called once on each thread.
  ///   - work: Does a job.
  ///   - wait: Called on the calling thread ten times a second while it waits for a result; throwing
  ///     stops the work.
  ///   - consume: Takes a result; throwing stops the others, as a job's error does in its turn.
  package static func run<Value: Sendable>(
    _ jobs: Range<Int>, threads: Int, start: @escaping @Sendable () throws -> Void,
    work: @escaping @Sendable (Int) throws -> Value, wait: () throws -> Void = {},
    consume: (Value) throws -> Void
  ) throws {
    let count = min(threads, jobs.count)
    let queue = WorkQueue<Value>(jobs, threads: count, ahead: 4 * count)
    for _ in 0..<count {
      let thread = Thread {
        let started = Result { try start() }
        while let job = queue.take() {
          queue.put(job, started.flatMap { _ in Result { try work(job) } })
        }
        queue.leave()
      }
      // What the first thread has; kernels of libtorch keep their buffers on the stack.
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { queue.stop() }
    for job in jobs {
      while !queue.isDone(job, within: 0.1) { try wait() }
      try consume(queue.result(of: job))
    }
  }
}

/// What is to be done and what is done. Sendable because every access holds the lock.
private final class WorkQueue<Value: Sendable>: @unchecked Sendable {
  private let lock = NSCondition()
  private var next: Int
  private var end: Int
  private var consumed: Int
  private var results: [Int: Result<Value, any Error>] = [:]
  private var working: Int
  private let ahead: Int

  init(_ jobs: Range<Int>, threads: Int, ahead: Int) {
    (next, consumed, end) = (jobs.lowerBound, jobs.lowerBound, jobs.upperBound)
    working = threads
    self.ahead = ahead
  }

  /// The next job, once it is not too far ahead; `nil` when there is none left.
  func take() -> Int? {
    lock.withLock {
      while next < end, next >= consumed + ahead { lock.wait() }
      guard next < end else { return nil }
      next += 1
      return next - 1
    }
  }

  func put(_ job: Int, _ result: Result<Value, any Error>) {
    lock.withLock {
      results[job] = result
      lock.broadcast()
    }
  }

  /// Waits for a job's result for some seconds, and tells whether it is there.
  func isDone(_ job: Int, within seconds: Double) -> Bool {
    lock.withLock {
      let end = Date(timeIntervalSinceNow: seconds)
      while results[job] == nil {
        if !lock.wait(until: end) { return results[job] != nil }
      }
      return true
    }
  }

  /// Waits for a job's result and takes it off the queue.
  func result(of job: Int) throws -> Value {
    try lock.withLock {
      while true {
        if let found = results.removeValue(forKey: job) {
          consumed = job + 1
          lock.broadcast()
          return found
        }
        lock.wait()
      }
    }.get()
  }

  func leave() {
    lock.withLock {
      working -= 1
      lock.broadcast()
    }
  }

  /// Gives out no more jobs, and waits for those that are being done.
  func stop() {
    lock.withLock {
      end = min(end, next)
      lock.broadcast()
      while working > 0 { lock.wait() }
    }
  }
}
