internal import Files
internal import Foundation

/// What a job says, on its way from the job's thread to whoever listens, and the wish that it ends on its way
/// back. Sendable because every access holds the lock.
final class JobChannel: @unchecked Sendable {
  /// The names of what the job writes, which no other job of the process takes meanwhile.
  let outputs = OutputLock.Holder()

  private let mostSeconds: Double?
  private let start = ContinuousClock.now
  private let lock = NSCondition()
  private var events: [JobEvent] = []
  private var isOver = false
  private var isCancelled = false
  private var wantsPartials = false
  /// When the maps so far may be made next.
  private var nextPartial = ContinuousClock.now
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(mostSeconds: Double? = nil) { self.mostSeconds = mostSeconds }

  /// Whether somebody wants the job to end, or its time is over.
  var wantsEnd: Bool { lock.withLock { isCancelled } || isLate }

  private var isLate: Bool {
    mostSeconds.map { ContinuousClock.now - start > .seconds($0) } ?? false
  }

  /// The error that a job ended with; ``JobTooLong`` where it was told to end because its time was over.
  func explained(_ error: any Error) -> any Error {
    guard error is JobCancelled, let mostSeconds, !lock.withLock({ isCancelled }) else {
      return error
    }
    return JobTooLong(seconds: mostSeconds)
  }

  /// Whether somebody wants the maps so far, and has not had them just now.
  var partialIsDue: Bool {
    lock.withLock { wantsPartials && !isCancelled && ContinuousClock.now >= nextPartial }
  }

  func wantPartials(_ wanted: Bool) { lock.withLock { wantsPartials = wanted } }

  /// Puts off the next maps so far, so that most of the time is left for the samples.
  func rest(for time: Duration) { lock.withLock { nextPartial = ContinuousClock.now + time } }

  func cancel() { lock.withLock { isCancelled = true } }

  func put(_ event: JobEvent) {
    wake {
      if case .progress = event, case .progress? = events.last { events.removeLast() }
      if case .partial = event {
        events.removeAll { if case .partial = $0 { true } else { false } }
      }
      events.append(event)
    }
  }

  /// Says that nothing more comes.
  func close() { wake { isOver = true } }

  /// Waits for the next event; `nil` where no more comes.
  func next() -> JobEvent? {
    lock.withLock {
      while events.isEmpty, !isOver { lock.wait() }
      return events.isEmpty ? nil : events.removeFirst()
    }
  }

  /// The next event, without holding a thread; `nil` where no more comes.
  func nextEvent() async -> JobEvent? {
    while true {
      let (event, over) = lock.withLock {
        (events.isEmpty ? nil : events.removeFirst(), isOver)
      }
      if event != nil || over { return event }
      await withCheckedContinuation { continuation in
        let isReady = lock.withLock {
          if !events.isEmpty || isOver { return true }
          waiting.append(continuation)
          return false
        }
        if isReady { continuation.resume() }
      }
    }
  }

  private func wake(_ change: () -> Void) {
    let woken = lock.withLock {
      change()
      lock.broadcast()
      defer { waiting = [] }
      return waiting
    }
    for continuation in woken { continuation.resume() }
  }
}
