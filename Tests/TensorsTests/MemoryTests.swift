import Foundation
import Tensors
import Testing

/// The limit of memory is the process's, and other tests compute meanwhile: it is set higher than any
/// machine, and what is asked for is higher yet.
@Suite struct MemoryTests {
  private static let limit = 1 << 44

  @Test func `what would pass the limit is refused before it is taken, in one sentence`() throws {
    LibTorch.limitMemory(to: Self.limit)
    let empty = try Operator("aten::empty", overload: "memory_format")
    let error = #expect(throws: TensorError.self) {
      // 2⁴⁵ bytes
      _ = try empty([("size", .ints([1 << 30, 1 << 13]))])
    }
    guard case .outOfMemory(_, let refusal?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal.wanted == 1 << 45 && refusal.limit == Self.limit)
    let text = try #require(error?.description)
    #expect(text.contains("needs 33554432 MiB more") && text.contains("of 16777216 MiB are in use"))
    // Nothing is left of it: the next one is served.
    let ones = try Tensor(Array(repeating: Float(1), count: 100_000), shape: [100_000])
    #expect(try ones.sum().number() == 100_000)
  }

  @Test func `tensors in use are counted`() throws {
    LibTorch.limitMemory(to: Self.limit)
    // Larger than all that other tests hold together, and never written to.
    let size = 1 << 32
    let empty = try Operator("aten::empty", overload: "memory_format")
    let tensor = try empty.tensor([.ints([size])])
    #expect(tensor.shape == [size])
    let use = LibTorch.memory
    #expect(use.used >= 4 * size && use.used < 8 * size)
    #expect(use.peak >= use.used && use.limit == Self.limit)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1])
  func `tensors of all sizes are whole, and begin where kernels want them`(bytes: Int) throws {
    LibTorch.limitMemory(to: Self.limit)
    let values = (0..<bytes).map { UInt8($0 % 251) }
    var kept: [Tensor] = []
    for _ in 0..<3 { kept.append(try Tensor(values, shape: [bytes]).cloned()) }
    kept.remove(at: 1)
    kept.append(try Tensor(values, shape: [bytes]).cloned())
    for tensor in kept { #expect(try tensor.elements(as: UInt8.self) == values) }
  }

  @Test func `threads take and give back at once`() async throws {
    LibTorch.limitMemory(to: Self.limit)
    let sums = try await withThrowingTaskGroup(of: Float.self) { group in
      for thread in 1...8 {
        group.addTask {
          var sum: Float = 0
          for round in 1...50 {
            let count = 20_000 + 977 * ((round * thread) % 31)
            let tensor = try Tensor(Array(repeating: Float(thread), count: count), shape: [count])
            sum += try (tensor * 2).mean(axes: [0]).number()
          }
          return sum
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 }
    }
    // Means of equal whole numbers are exact to rounding: 50 · 2 · (1 + … + 8).
    #expect(abs(sums - 3600) < 0.01)
  }
}
