import Testing

@testable import Tensors

/// The bound on the memory of all tensors.
///
/// Kinds: bad input and known answers. Other tests run beside it, so the limit leaves them room.
@Suite struct MemoryLimitTests {
  @Test func `a tensor that would pass the limit is an error, and takes no memory`() throws {
    LibTorch.limitMemory(byteCount: 8 << 30)
    defer { LibTorch.limitMemory(byteCount: .max) }
    let zeros = try Operator("aten::zeros")
    #expect(throws: TensorError.outOfMemory(operation: "aten::zeros")) {
      try zeros.tensor([.ints([1 << 32])])
    }
    // As many bytes as no machine has: the sum must not wrap.
    #expect(throws: TensorError.self) { try zeros.tensor([.ints([1 << 60])]) }
    #expect(try zeros.tensor([.ints([1000])]).count == 1000)
  }

  @Test func `what tensors hold is counted, and counted out when they are gone`() throws {
    LibTorch.limitMemory(byteCount: .max)
    // A tensor that dwarfs what other tests make and free at the same time.
    let byteCount = 1 << 30
    let before = LibTorch.heldByteCount
    let empty = try Operator("aten::empty", overload: "memory_format")
    do {
      let tensor = try empty.tensor([.ints([byteCount / 4])])
      #expect(LibTorch.heldByteCount - before > byteCount / 2)
      #expect(tensor.count == byteCount / 4)
    }
    #expect(LibTorch.heldByteCount - before < byteCount / 2)
  }
}
