import Foundation
import TestSupport
import Testing

@testable import Tensors

/// Elements, shapes, and the operators that Swift spells out.
@Suite struct TensorTests {
  @Test func `elements come back as they were put in`() throws {
    #expect(
      try Tensor([1, -2, .infinity] as [Float], shape: [3]).elements() == [Float(1), -2, .infinity])
    #expect(try Tensor([0.1, 1e300] as [Double], shape: [2, 1]).elements() == [0.1, 1e300])
    #expect(try Tensor([.min, .max] as [Int64], shape: [2]).elements() == [Int64.min, .max])
    #expect(try Tensor([0, 255] as [UInt8], shape: [1, 2]).elements() == [UInt8(0), 255])
    #expect(try Tensor([] as [Float], shape: [0, 3]).elements() == [Float]())
  }

  @Test func `a tensor knows its shape, its type and where it is`() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(tensor.shape == [2, 3])
    #expect(tensor.rank == 2)
    #expect(tensor.count == 6)
    #expect(tensor.elementType == .float32)
    #expect(tensor.device == .cpu)
    #expect(try Tensor(7).shape == [])
    #expect(try Tensor(7).number() == 7)
  }

  @Test func `elements must fill the shape and be of the type asked for`() throws {
    #expect(throws: TensorError.elementCount(3, shape: [2, 2])) {
      try Tensor([1, 2, 3] as [Float], shape: [2, 2])
    }
    #expect(throws: TensorError.elementType(.float32, expected: .int64)) {
      try Tensor([1] as [Float], shape: [1]).elements(as: Int64.self)
    }
    #expect(throws: TensorError.elementCount(2, shape: [])) {
      try Tensor([1, 2] as [Float], shape: [2]).number()
    }
  }

  @Test(arguments: ElementType.allCases)
  func `every type converts to and from floats`(type: ElementType) throws {
    let tensor = try Tensor([0, 1, 1] as [Float], shape: [3]).converted(to: type)
    #expect(tensor.elementType == type)
    #expect(try tensor.floats() == [0, 1, 1])
    #expect(try tensor.bytes().count == 3 * type.byteCount)
  }

  @Test func `rows, columns and parts are picked in row-major order`() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(try tensor.permuted([1, 0]).floats() == [1, 4, 2, 5, 3, 6])
    #expect(try tensor.reshaped([3, -1]).shape == [3, 2])
    #expect(try tensor.select(axis: 1, index: 2).floats() == [3, 6])
    #expect(try tensor.slice(axis: 1, 1..<3).floats() == [2, 3, 5, 6])
    #expect(try tensor.gather(axis: 1, [2, 0, 2]).floats() == [3, 1, 3, 6, 4, 6])
    #expect(try tensor.withAxis(at: 1).shape == [2, 1, 3])
    #expect(try Tensor.stacked([tensor, tensor]).shape == [2, 2, 3])
    #expect(try Tensor.concatenated([tensor, tensor], axis: 1).shape == [2, 6])
    #expect(try Tensor.identity(2).floats() == [1, 0, 0, 1])
  }

  @Test func `sums, means and extremes are over the axes named`() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 9] as [Float], shape: [2, 3])
    #expect(try tensor.sum().number() == 24)
    #expect(try tensor.sum(axes: [0]).floats() == [5, 7, 12])
    #expect(try tensor.mean(axes: [1]).floats() == [2, 6])
    #expect(try tensor.meanKeepingAxes([0, 1]).shape == [1, 1])
    #expect(try tensor.maximum(axes: [1]).floats() == [3, 9])
    #expect(try tensor.extremes() == 1...9)
    #expect(try tensor.isAllFinite())
    #expect(try !(tensor / Tensor(0)).isAllFinite())
  }

  @Test func `the logarithm of a sum of exponentials does not overflow`() throws {
    let tensor = try Tensor([1000, 1000] as [Float], shape: [2])
    expectClose([try tensor.logSumExp(axis: 0).number()], [1000.6931], within: 1e-6)
    #expect(try tensor.softmax(axis: 0).floats() == [0.5, 0.5])
  }

  @Test func `maps enlarge between the middles of their pixels`() throws {
    let map = try Tensor([0, 4] as [Float], shape: [1, 1, 1, 2])
    // Middles of the four new pixels lie at −¼, ¼, ¾ and 1¼ of the old ones; the ends are kept.
    #expect(try map.resizedBilinearly(height: 1, width: 4).floats() == [0, 1, 3, 4])
    let wide = try Tensor([1, 2, 3, 6] as [Float], shape: [1, 1, 1, 4])
    expectClose(try wide.resizedAntialiased(height: 1, width: 1).floats(), [3], within: 0.1)
  }

  @Test func `copies share memory where the originals do`() throws {
    let base = try Tensor([1, 2, 3, 4] as [Float], shape: [4])
    let part = try base.slice(axis: 0, 1..<3)
    let copies = try Tensor.forked([base, part])
    _ = try Operator("aten::fill_", overload: "Scalar").tensor([.tensor(copies[1]), .double(9)])
    #expect(try copies[0].floats() == [1, 9, 9, 4])
    #expect(try base.floats() == [1, 2, 3, 4])
  }

  @Test func `tensors that go out of use give their memory back`() throws {
    let before = try Self.residentMegabytes()
    for _ in 0..<200 {
      let large = try Tensor.identity(2000)  // 16 MB
      _ = try (large + large).sum()
    }
    #expect(try Self.residentMegabytes() - before < 200)
  }

  private static func residentMegabytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return Int(text.split(separator: " ")[1]).map { $0 * 4096 / 1_000_000 } ?? 0
  }
}
