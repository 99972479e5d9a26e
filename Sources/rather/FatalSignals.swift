import Foundation
import Terms

/// What becomes of a process that the system stops, in a computation of libtorch or of our own.
///
/// A network's operators are checked, but libtorch divides by zero and reads beyond what it was given
/// in places that nobody knows yet. There is nothing to go on with then; one sentence is all that is
/// left, where Swift would print its stack.
enum FatalSignals {
  /// What a handler may read: bytes that were made before, of which only the place changes.
  private nonisolated(unsafe) static var sentence = UnsafeBufferPointer<UInt8>(
    start: nil, count: 0)

  /// Violations of memory, divisions by zero, traps, and what ends itself because of a check of its own.
  static let numbers = [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT]

  /// From here on such a process ends with one sentence and the status of a defect.
  ///
  /// A stack that is full has no room for a handler, so this thread's handlers have a stack of their own.
  static func endInASentence() {
    name(
      "the computation broke off. If a file that it read is a stranger's, that may be damaged or made "
        + "to do so; if all are sound, this is a defect of Rather.")
    giveHandlersAStack()
    // Who started the process may have kept some from it.
    var met = sigset_t()
    sigemptyset(&met)
    for number in numbers {
      handle(number)
      sigaddset(&met, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &met, nil)
  }

  /// From here on the sentence speaks of a network's file.
  static func nameNetwork() {
    name(
      "the computation broke off inside libtorch or Rather. If the network's file is a stranger's, it "
        + "may be damaged or made to do so; if it is sound, this is a defect of Rather.")
  }

  private static func name(_ text: String) {
    // They stay for as long as the process does.
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count + 8)
    _ = bytes.initialize(from: "Error: \(text)\n".utf8)
    sentence = UnsafeBufferPointer(bytes)
  }

  /// A stack that is full has no room for a handler, so the handlers of this thread get one of their own, which goes
  /// with the thread.
  static func giveHandlersAStack() {
    if pthread_getspecific(stackKey) != nil { return }
    let size = 1 << 16
    var stack = stack_t()
    stack.ss_sp = malloc(size)
    stack.ss_size = size
    guard sigaltstack(&stack, nil) == 0 else { return free(stack.ss_sp) }
    pthread_setspecific(stackKey, stack.ss_sp)
  }

  /// Under which a thread keeps its handlers' stack.
  private static let stackKey: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      var none = stack_t()
      none.ss_flags = Int32(SS_DISABLE)
      sigaltstack(&none, nil)
      free(pointer)
    }
    return key
  }()

  private static func handle(_ number: Int32) {
    var action = sigaction()
    // Only what is safe in a handler: no memory is asked for, nothing is locked.
    let end: @convention(c) (Int32) -> Void = { _ in
      _ = write(STDERR_FILENO, FatalSignals.sentence.baseAddress, FatalSignals.sentence.count)
      _exit(FaultKind.defect.rawValue)
    }
    #if os(Linux)
      action.__sigaction_handler.sa_handler = end
    #else
      action.__sigaction_u.__sa_handler = end
    #endif
    action.sa_flags = SA_ONSTACK
    sigaction(number, &action, nil)
  }
}
