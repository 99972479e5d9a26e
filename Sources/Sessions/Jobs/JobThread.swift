internal import Foundation
package import Terms

/// A thread for one job.
enum JobThread {
  /// Runs a body on a thread of its own, or says that the system refuses one.
  ///
  /// It is as large as a process's first thread: kernels of libtorch keep their buffers on the stack.
  static func start(
    _ body: @escaping @Sendable () -> Void, failing fail: (any Error) -> Void
  ) {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(attributes, 8 << 20)
    let box = Unmanaged.passRetained(Body(body))
    #if os(Linux)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let number = pthread_create(&thread, attributes, runBody, box.toOpaque())
    if number == 0 { return }
    box.release()
    fail(ThreadRefused(number: number))
  }

  fileprivate final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

#if os(Linux)
  private func runBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let pointer { Unmanaged<JobThread.Body>.fromOpaque(pointer).takeRetainedValue().run() }
    return nil
  }
#else
  private func runBody(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<JobThread.Body>.fromOpaque(pointer).takeRetainedValue().run()
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
