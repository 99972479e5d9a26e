import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Networks that would do harm are refused while they are read.
///
/// Kinds: bad input.
@Suite struct ForbiddenNetworkTests {
  @Test func `a network that writes a file is refused, and names operator, module and file`() throws
  {
    var archive = try EditedArchive()
    defer { archive.remove() }
    let victim = archive.folder.appending(path: "victim").path
    try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten.from_file.default")
    try archive.replace(
      #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#,
      with:
        #"{"arg":{"as_string":"\#(victim.replacing("/", with: #"\/"#))"},"kind":1,"name":"filename"},"#
        + #"{"arg":{"as_bool":true},"kind":1,"name":"shared"},"#
        + #"{"arg":{"as_int":50},"kind":1,"name":"size"}"#)
    let path = try archive.written()
    let error = #expect(throws: NetworkError.self) { try Program(contentsOf: path) }
    #expect(
      error
        == .forbiddenOperator(
          "aten::from_file", at: "relu_1", module: "features.relu", of: path, reason: .files))
    #expect(!FileManager.default.fileExists(atPath: victim))
  }

  @Test(arguments: [
    "set_.source_Storage", "resize_.default", "resize_as_.default", "rand_like.default",
    "normal_.default", "_print.default", "from_file.default", "add.out",
    "_cufft_clear_plan_cache.default",
    "requires_grad_.default", "linalg_lu_solve.default", "empty_strided.default",
    "to_sparse.default",
    "convolution_backward.default", "_foreach_add.Scalar",
  ])
  func `what is not on the list is refused wherever it stands`(operation: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten." + operation)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    guard case .forbiddenOperator(_, at: "relu_1", module: "features.relu", _, _) = error else {
      Issue.record("\(operation): \(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    "c10d.send", "profiler._record_function_enter", "mkldnn.data_ptr", "quantized.add",
  ])
  func `other namespaces are refused`(operation: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("aten.relu.default", with: operation + ".default")
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    guard case .forbiddenOperator = error else {
      Issue.record("\(operation): \(String(describing: error))")
      return
    }
  }

  /// An argument that stands for one of several choices, with a number that stands for none.
  private static let wrongChoices: [(String, String, String)] =
    [-2, -1, 12, 16, 44, 300, 1 << 40]
    .flatMap { number in
      [
        ("sum.default", "dtype", #"{"as_int":\#(number)}"#),
        ("zeros_like.default", "dtype", #"{"as_int":\#(number)}"#),
        ("zeros_like.default", "layout", #"{"as_int":\#(number)}"#),
        ("clone.default", "memory_format", #"{"as_int":\#(number)}"#),
        ("softmax.int", "dtype", #"{"as_int":\#(number)}"#),
      ]
    } + [
      ("sum.default", "dtype", #"{"as_float":6.5}"#),
      ("sum.default", "dtype", #"{"as_string":"float"}"#),
      ("sum.default", "dtype", #"{"as_tensor":{"name":"conv2d_0"}}"#),
      ("mse_loss.default", "reduction", #"{"as_int":3}"#),
      ("grid_sampler.default", "padding_mode", #"{"as_int":-1}"#),
    ]

  @Test(arguments: wrongChoices)
  func `a number that stands for no choice is refused while reading`(
    operation: String, argument: String, value: String
  ) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten." + operation)
    let first = #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#
    // Some call their first argument otherwise.
    let own = operation.hasPrefix("grid") ? first.replacing("self", with: "input") : first
    try archive.replace(first, with: own + #",{"arg":\#(value),"kind":2,"name":"\#(argument)"}"#)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    guard case .enumeration(argument, _, at: "relu_1", _) = error else {
      Issue.record("\(operation) \(argument) \(value): \(String(describing: error))")
      return
    }
  }

  @Test(arguments: [[200], [100_000], [1 << 40]])
  func `a view beyond the memory is refused where it is made`(size: [Int]) throws {
    for operation in ["_reshape_alias.default", "as_strided.default", "as_strided_copy.default"] {
      var archive = try EditedArchive()
      defer { archive.remove() }
      try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten." + operation)
      let first = #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#
      try archive.replace(
        first,
        with: first + #",{"arg":{"as_ints":\#(size)},"kind":1,"name":"size"},"#
          + #"{"arg":{"as_ints":[1]},"kind":1,"name":"stride"}"#)
      let program = try archive.program()
      let error = #expect(throws: NetworkError.self) {
        try program.output(for: SmallNetwork.input())
      }
      #expect(error?.description.contains("out of bounds for storage") == true, "\(error as Any)")
    }
  }

  /// Memory that nothing has filled would give other answers every time, and other people's bytes.
  @Test(arguments: ["empty_like.default", "new_empty.default"])
  func `memory that is not filled is read as zeros`(operation: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten." + operation)
    if operation.hasPrefix("new") {
      let first = #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#
      try archive.replace(
        first, with: first + #",{"arg":{"as_ints":[1,3,4,4]},"kind":1,"name":"size"}"#)
    }
    let program = try archive.program()
    let layer = try program.layer(named: "features.relu")
    let values = try program.run(upTo: layer, input: SmallNetwork.input()).activation.floats()
    #expect(values == [Float](repeating: 0, count: 48))
  }
}
