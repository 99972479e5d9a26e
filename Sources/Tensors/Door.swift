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
  throw status == CT_MEMORY
    ? .outOfMemory(operation: operation()) : .backend(operation: operation(), message: text)
}

/// libtorch as a whole.
public enum LibTorch {
  /// Its version, such as `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// How many threads one operator may use.
  public static var threadCount: Int { Int(ct_threads_count()) }

  /// Keeps memory that was freed for the next operator that asks for it, instead of handing it back
  /// to the system after each: a fifth of the time of deletion curves. For the process that owns the
  /// memory to decide; does nothing but on glibc.
  public static func keepFreedMemory() { ct_memory_keep() }

  /// Bounds the memory of all tensors together, from here on: an operator that would pass it throws
  /// ``TensorError/outOfMemory(operation:)`` and has taken none. Does nothing but on glibc, and
  /// counts only the CPU's memory.
  public static func limitMemory(byteCount: Int) { ct_memory_limit(Int64(byteCount)) }

  /// The bytes of the tensors that were made since memory was first limited, and are still there.
  public static var heldByteCount: Int { Int(ct_memory_held()) }

  /// Sets how many threads one operator may use; call once, at the start.
  public static func setThreadCount(_ count: Int) throws(TensorError) {
    try checked("set_num_threads") { ct_threads_set(Int32(clamping: count), $0) }
  }
}
