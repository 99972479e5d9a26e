internal import Files
internal import Foundation
public import Terms

/// A request that is being answered on a thread of its own: a sequence of what it says, then its answer.
///
/// One listener takes the events, by `for await` or by ``wait(_:)``; nobody has to. Sendable because every
/// access to the answer holds the lock.
public final class Job<Answer: Sendable>: AsyncSequence, @unchecked Sendable {
  /// What it says.
  public typealias Element = JobEvent
  /// It says all it has to say, and the answer throws.
  public typealias Failure = Never

  private let channel: JobChannel
  private let lock = NSLock()
  private var outcome: Result<Answer, any Error> = .failure(JobCancelled())

  init(_ channel: JobChannel) { self.channel = channel }

  /// Asks the job to end at its next step or item, which then throws ``JobCancelled``.
  public func cancel() { channel.cancel() }

  /// Says whether the maps so far are wanted, as ``JobEvent/partial(_:)``: at most two or three times a second, and for a
  /// fifth of the job's time. Unless they are wanted, none are made; what the job finds is the same either way.
  public func wantPartials(_ wanted: Bool) { channel.wantPartials(wanted) }

  /// Waits for the answer and holds this thread meanwhile; for commands, not for Swift's cooperative pool.
  ///
  /// - Parameter tell: Called on this thread with each event.
  /// - Throws: What ended the job.
  public func wait(_ tell: (JobEvent) -> Void = { _ in }) throws -> Answer {
    while let event = channel.next() { tell(event) }
    return try found()
  }

  /// The answer, once the job has ended; events that nobody took are dropped. A task that is cancelled
  /// meanwhile cancels the job.
  public var answer: Answer {
    get async throws {
      await withTaskCancellationHandler {
        while await channel.nextEvent() != nil {}
      } onCancel: {
        channel.cancel()
      }
      return try found()
    }
  }

  /// Goes through the events.
  public func makeAsyncIterator() -> Iterator { Iterator(channel: channel) }

  /// The events of a job, in order.
  public struct Iterator: AsyncIteratorProtocol {
    let channel: JobChannel

    /// The next event; `nil` where the job has ended.
    public mutating func next() async -> JobEvent? { await channel.nextEvent() }

    /// The next event; `nil` where the job has ended.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> JobEvent? {
      await channel.nextEvent()
    }
  }

  func end(with outcome: Result<Answer, any Error>) {
    lock.withLock { self.outcome = outcome }
    channel.outputs.release()
    channel.close()
  }

  private func found() throws -> Answer { try lock.withLock { outcome }.get() }
}

/// A job was asked to end before it was done.
public struct JobCancelled: Fault, Hashable {
  /// Says so.
  public init() {}

  /// It was the wish of whoever asked.
  public var kind: FaultKind { .usage }

  /// One sentence that says what happened.
  public var description: String { "the job was cancelled before it was done" }
}

/// A job was ended because it took longer than its session allows.
package struct JobTooLong: Fault, Hashable {
  /// How long it might have taken.
  package let seconds: Double

  /// Describes one.
  package init(seconds: Double) { self.seconds = seconds }

  /// What was asked is too much.
  package var kind: FaultKind { .data }

  /// One sentence that says what happened.
  package var description: String {
    "the answer was not there after \(seconds.formatted()) seconds, which is as long as it may take"
  }
}
