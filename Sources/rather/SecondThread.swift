import Foundation
import Terms

/// That the system allows a process more than one thread.
enum SecondThread {
  /// Fails where it does not: a library that needs one waits for it without an end.
  ///
  /// - Throws: ``Refused``.
  static func check() throws {
    #if os(Linux)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let number = pthread_create(&thread, nil, { _ in nil }, nil)
    guard number == 0 else { throw Refused(number: number) }
    #if os(Linux)
      pthread_join(thread, nil)
    #else
      if let thread { pthread_join(thread, nil) }
    #endif
  }

  /// The system refuses a thread, and its number for why.
  struct Refused: Fault {
    let number: Int32

    var kind: FaultKind { .io }

    var description: String {
      "the system refuses a second thread (\(String(cString: strerror(number)))); allow more processes, "
        + "of which `ulimit -u` tells the most"
    }
  }
}
