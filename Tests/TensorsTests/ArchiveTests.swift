import Files
import Foundation
import TestSupport
import Testing

@testable import Tensors

/// Archives that are written and read again.
@Suite struct ArchiveTests {
  @Test func `records come back as they were added`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.pt2").path
    let writer = try ArchiveWriter(path: path)
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    try writer.add("data/numbers", tensor.bytes())
    try writer.add("empty", [])
    try writer.finish()
    let reader = try ZipReader(path: path)
    #expect(reader.names.isSuperset(of: ["archive/data/numbers", "archive/empty"]))
    #expect(try reader.bytes("archive/empty", limit: 0) == [])
    let memory = try TensorMemory(byteCount: reader.byteCount(of: "archive/data/numbers")) {
      try reader.read("archive/data/numbers", into: $0)
    }
    let again = try memory.tensor(.float32, shape: [2, 3], strides: [3, 1], offset: 0)
    #expect(try again.floats() == tensor.floats())
    let column = try memory.tensor(.float32, shape: [2], strides: [3], offset: 2)
    #expect(try column.floats() == [3, 6])
  }

  @Test(arguments: [
    ([7], [1], 0), ([6], [1], 1), ([2], [6], 0), ([-1], [1], 0), ([2], [-1], 3), ([1], [1], -1),
    ([2], [Int.max], 0), ([Int.max, Int.max], [Int.max, 1], Int.max), ([1], [1], Int.max),
  ])
  func `a form that reaches past the bytes is refused`(
    shape: [Int], strides: [Int], offset: Int
  ) throws {
    let memory = try TensorMemory(byteCount: 24) { _ in }
    #expect(throws: TensorError.self) {
      try memory.tensor(.float32, shape: shape, strides: strides, offset: offset)
    }
  }

  @Test func `a folder that is not there is refused`() throws {
    #expect(throws: TensorError.self) { try ArchiveWriter(path: "/nowhere/a.pt2") }
  }
}
