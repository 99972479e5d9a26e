internal import CLibTorch

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Runs a function of the door and turns its status into an error that names the operation.
func checked(
  _ operation: @autoclosure () -> String,
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> ct_status
) throws(TensorError) {
  var message: UnsafeMutablePointer<CChar>?
  let status = body(&message)
  if status == CT_OK { return }
  let text = message.map { String(cString: $0) } ?? ""
  free(message)
  guard status == CT_MEMORY else { throw .backend(operation: operation(), message: text) }
  var (wanted, used, limit): (Int64, Int64, Int64) = (0, 0, 0)
  ct_memory_refusal(&wanted, &used, &limit)
  throw .outOfMemory(
    operation: operation(),
    refusal: limit > 0 ? .init(wanted: Int(wanted), used: Int(used), limit: Int(limit)) : nil)
}

/// Bytes that tensors take.
public struct MemoryUse: Hashable, Sendable {
  /// Now.
  public let used: Int
  /// The most so far.
  public let peak: Int
  /// The most that they may take.
  public let limit: Int
}

/// libtorch as a whole.
public enum LibTorch {
  /// Its version, such as `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// How many threads one operator may use.
  public static var threadCount: Int { Int(ct_threads_count()) }

  /// Limits the memory that tensors on the processor take together; an operator that would pass it
  /// throws ``TensorError/outOfMemory(operation:refusal:)`` instead.
  ///
  /// From the first call on, the memory of freed tensors is kept for those that follow, as far as the
  /// limit allows, instead of being handed back to the system after each operator: a third of the time
  /// of deletion curves. Small tensors, of less than 64 KiB, are not counted, nor are those that were
  /// there before. It is for the process that owns the memory to decide, at its start.
  public static func limitMemory(to bytes: Int) { ct_memory_limit(Int64(bytes)) }

  /// The memory of tensors on the processor; all are 0 before the first limit.
  public static var memory: MemoryUse {
    var (used, peak, limit): (Int64, Int64, Int64) = (0, 0, 0)
    ct_memory_state(&used, &peak, &limit)
    return MemoryUse(used: Int(used), peak: Int(peak), limit: Int(limit))
  }

  /// Begins to look for the peak of ``memory`` anew.
  public static func forgetMemoryPeak() { ct_memory_forget_peak() }

  /// Runs a body on this thread with a number of threads for an operator, and gives this thread its own number
  /// back afterwards.
  ///
  /// Each thread of the system has a number of its own, but those that say nothing begin with the number that
  /// was set last, on whatever thread; so who starts a thread says it there.
  ///
  /// - Parameter count: `nil` leaves it as it is.
  public static func withThreadCount<Value>(
    _ count: Int?, _ body: () throws -> Value
  ) throws -> Value {
    guard let count else { return try body() }
    let before = threadCount
    try setThreadCount(count)
    defer { try? setThreadCount(before) }
    return try body()
  }

  /// Sets how many threads one operator may use, on this thread and on threads to come that say nothing.
  public static func setThreadCount(_ count: Int) throws(TensorError) {
    try checked("set_num_threads") { ct_threads_set(Int32(clamping: count), $0) }
  }
}
