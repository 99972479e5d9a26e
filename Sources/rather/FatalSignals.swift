import Foundation
import Terms

/// What becomes of a process that the system stops, in a computation of libtorch or of our own.
///
/// A network's operators are checked, but libtorch divides by zero and reads beyond what it was given
/// in places that nobody knows yet. There is nothing to go on with then; one sentence is all that is
/// left, where Swift would print its stack.
enum FatalSignals {
  private static let sentence: StaticString =
    "Error: the computation broke off inside libtorch or Rather. If the network's file is a stranger's, it may be damaged or made to do so; if it is sound, this is a defect of Rather.\n"

  /// From here on such a process ends with one sentence and the status of a defect.
  static func endInASentence() {
    for number in [SIGSEGV, SIGBUS, SIGFPE, SIGILL] {
      signal(number) { _ in
        // Only what is safe in a handler: no memory is asked for, nothing is locked.
        _ = write(
          STDERR_FILENO, FatalSignals.sentence.utf8Start, FatalSignals.sentence.utf8CodeUnitCount)
        _exit(FaultKind.defect.rawValue)
      }
    }
  }
}
