internal import CLibTorch

/// Memory that is filled once and that tensors are laid over without a copy.
package struct TensorMemory: Sendable {
  private let bytes: Tensor

  /// Makes memory and has it filled.
  ///
  /// - Throws: ``TensorError/outOfMemory(operation:refusal:)``, and what `fill` throws.
  package init(
    byteCount: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    var start: UnsafeMutableRawPointer?
    var box: ct_tensor?
    try checked("memory of \(byteCount) bytes") {
      ct_memory_make(Int64(byteCount), &start, &box, $0)
    }
    bytes = try Tensor(result: box, of: "memory")
    try fill(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
  }

  /// A tensor over a part of the memory.
  ///
  /// - Throws: ``TensorError/backend(operation:message:)`` when the form does not fit the memory.
  package func tensor(
    _ type: ElementType, shape: [Int], strides: [Int], offset: Int
  ) throws(TensorError) -> Tensor {
    let sizes = shape.map(Int64.init)
    let steps = strides.map(Int64.init)
    var box: ct_tensor?
    try checked("tensor over memory") {
      ct_memory_view(
        bytes.handle.box, type.rawValue, sizes, steps, Int64(shape.count), Int64(offset), &box, $0)
    }
    return try Tensor(result: box, of: "tensor over memory")
  }
}
