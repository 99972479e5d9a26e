internal import Dispatch
internal import Foundation
internal import Synchronization
package import Terms

/// Threads for jobs, each of which works on one at a time.
///
/// A free one waits for the next job, for libtorch's helpers belong to the thread that called them and end with it.
/// Each is as large as a process's first thread: kernels of libtorch keep their buffers on the stack.
enum JobThread {
  /// How many wait at most.
  private static let mostFree = 4
  private static let free = Mutex<[Worker]>([])

  /// Runs a body on a thread that does nothing else meanwhile, or says that the system refuses one.
  static func start(
    _ body: @escaping @Sendable () -> Void, failing fail: (any Error) -> Void
  ) {
    if let worker = free.withLock({ $0.popLast() }) { return worker.give(body) }
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(attributes, 8 << 20)
    let worker = Worker()
    let box = Unmanaged.passRetained(worker)
    #if os(Linux)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let number = pthread_create(&thread, attributes, work, box.toOpaque())
    if number == 0 { return worker.give(body) }
    box.release()
    fail(ThreadRefused(number: number))
  }

  /// A thread's work. Sendable because a body is given and taken on either side of a semaphore.
  fileprivate final class Worker: @unchecked Sendable {
    private let isThere = DispatchSemaphore(value: 0)
    private var body: (@Sendable () -> Void)?

    func give(_ body: @escaping @Sendable () -> Void) {
      self.body = body
      isThere.signal()
    }

    /// Works on what is given, until enough others are free.
    func run() {
      repeat {
        isThere.wait()
        let given = body
        body = nil
        #if canImport(ObjectiveC)
          autoreleasepool { given?() }
        #else
          given?()
        #endif
      } while JobThread.keep(self)
    }
  }

  private static func keep(_ worker: Worker) -> Bool {
    free.withLock {
      if $0.count >= mostFree { return false }
      $0.append(worker)
      return true
    }
  }
}

#if os(Linux)
  private func work(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let pointer { Unmanaged<JobThread.Worker>.fromOpaque(pointer).takeRetainedValue().run() }
    return nil
  }
#else
  private func work(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<JobThread.Worker>.fromOpaque(pointer).takeRetainedValue().run()
    return nil
  }
#endif

/// The system refuses a thread, and its number for why.
package struct ThreadRefused: Fault {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  package var kind: FaultKind { .io }

  package var description: String {
    "the system refuses a second thread (\(String(cString: strerror(number)))); allow more processes, "
      + "of which `ulimit -u` tells the most"
  }
}
