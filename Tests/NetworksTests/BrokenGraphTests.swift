import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Graphs that cannot be run give errors that name the node, and never a crash.
@Suite struct BrokenGraphTests {
  @Test(arguments: [
    ("torch.ops.aten.relu.default", "torch.ops.aten.rellu.default", "“aten::rellu”"),
    ("torch.ops.aten.relu.default", "my_module.relu", "“my_module.relu”"),
    (
      #"{"name":"conv2d_0"}},"kind":1,"name":"self""#,
      #"{"name":"nothing"}},"kind":1,"name":"self""#,
      "“relu_1” reads “nothing”"
    ),
    (#"{"as_ints":[1,1]}"#, #"{"as_custom_obj":{"name":"a","class_fqn":"b"}}"#, "as_custom_obj"),
    (#"{"as_ints":[1,1]}"#, #"{"as_scalar_type":-9223372036854775808}"#, "element type"),
    (#"{"as_ints":[1,1]}"#, #"{"as_layout":3}"#, "layout 3"),
    (#"[{"user_output":"#, #"[{"buffer_mutation":"#, "not a tensor"),
  ])
  func `what cannot be run is named`(old: String, new: String, words: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace(old, with: new)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(error?.description.contains(words) == true, "\(error as Any)")
  }

  @Test func `a network whose inputs have one name is refused`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    let input = #"{"user_input":{"arg":{"as_tensor":{"name":"x"}}}}"#
    try archive.replace(input, with: input + "," + input)
    #expect(throws: NetworkError.invariant("two inputs are called “x”", at: "input")) {
      try archive.program()
    }
  }

  @Test func `a node in training mode is refused`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten.dropout.default")
    try archive.replace(
      #"{"name":"conv2d_0"}},"kind":1,"name":"self"}"#,
      with: #"{"name":"conv2d_0"}},"kind":1,"name":"input"},"#
        + #"{"arg":{"as_float":0.5},"kind":1,"name":"p"},"#
        + #"{"arg":{"as_bool":true},"kind":1,"name":"train"}"#)
    #expect(throws: NetworkError.trainingMode(at: "relu_1")) { try archive.program() }
  }

  @Test func `an argument that the operator does not have is refused while it is read`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace(#""kind":1,"name":"self""#, with: #""kind":1,"name":"myself""#)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(error?.description.contains("relu_1") == true, "\(error as Any)")
    #expect(error?.description.contains("it has no argument “myself”") == true, "\(error as Any)")
  }

  @Test(arguments: ["self", ""])
  func `an argument that is given twice, or beyond the last, is refused`(name: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    // The last of two would be taken, and the first be checked.
    let relu = #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#
    let again = relu.replacing(#""name":"self""#, with: #""name":"\#(name)""#)
    try archive.replace(relu, with: relu + "," + again)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    let words = name.isEmpty ? "it takes at most 1 argument" : "“self” is given twice"
    #expect(error?.description.contains(words) == true, "\(error as Any)")
  }

  @Test func `dropping at random is noticed wherever the argument stands`() throws {
    for arguments in [
      [#""input","#, #""p","#, #""train","#], [#""","#, #""","#, #""","#],
      [#""train","#, #""p","#, #""input","#],
    ] {
      var archive = try EditedArchive()
      defer { archive.remove() }
      try archive.replace("torch.ops.aten.relu.default", with: "torch.ops.aten.dropout.default")
      let values = [
        #""input""#: #"{"as_tensor":{"name":"conv2d_0"}}"#, #""p""#: #"{"as_float":0.5}"#,
        #""train""#: #"{"as_bool":true}"#,
      ]
      let order = [#""input""#, #""p""#, #""train""#]
      let list = arguments.enumerated().map { index, name in
        let own = String(name.dropLast())
        let value = values[own == #""""# ? order[index] : own] ?? ""
        return #"{"arg":\#(value),"kind":1,"name":\#(own)}"#
      }
      try archive.replace(
        #"{"arg":{"as_tensor":{"name":"conv2d_0"}},"kind":1,"name":"self"}"#,
        with: list.joined(separator: ","))
      #expect(throws: NetworkError.trainingMode(at: "relu_1")) { try archive.program() }
    }
  }

  @Test(arguments: [-1, Int.min, 1 << 32, Int.max])
  func `a value of a length that no memory has is refused`(length: Int) throws {
    let program = try SmallNetwork.program()
    let error = #expect(throws: NetworkError.self) {
      try program.lowered { document in
        document.graph_module.graph.tensor_values["relu_1"]?.sizes[2] = .int(length)
      }
    }
    #expect(error?.description.contains("an axis of length \(length)") == true, "\(error as Any)")
    #expect(throws: NetworkError.self) {
      try program.lowered { document in
        document.graph_module.graph.tensor_values["relu_1"]?.sizes = [
          .int(1 << 20), .int(1 << 20), .int(2),
        ]
      }
    }
    #expect(throws: NetworkError.self) {
      try program.lowered { document in
        document.graph_module.graph.tensor_values["relu_1"]?.sizes = Array(
          repeating: .int(1), count: 65)
      }
    }
  }

  @Test(arguments: ["relu_1", "conv2d_0", "x", "p_head_weight"])
  func `names that occur twice do no harm`(name: String) throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace("mean_2", with: name)
    guard let program = try? archive.program() else { return }
    _ = try? program.output(for: SmallNetwork.input())
    for layer in program.moduleLayers + program.nodeLayers {
      _ = try? program.run(upTo: layer, input: SmallNetwork.input())
    }
    _ = try? program.lastSpatialLayer()
  }

  @Test func `an input of another shape is refused with both shapes`() throws {
    let program = try SmallNetwork.program()
    let input = try SmallNetwork.ramp([1, 3, 4, 4])
    let error = #expect(throws: NetworkError.self) { try program.output(for: input) }
    #expect(error == .inputShape([1, 3, 4, 4], expected: [nil, 2, 4, 4]))
  }

  @Test func `a network of so many pictures at once is refused, and says how many`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace(
      #"{"as_expr":{"expr_str":"Symbol('s0', positive=True, integer=True)","hint":{"as_int":2}}}"#,
      with: #"{"as_int":8}"#)
    let program = try archive.program()
    let error = #expect(throws: NetworkError.self) {
      try program.output(for: SmallNetwork.input())
    }
    #expect(error == .batchLength(8))
    #expect(error?.description.contains("exactly 8 pictures at once") == true)
    #expect(try program.output(for: SmallNetwork.input(batch: 8)).shape == [8, 4])
  }

  @Test func `a weight that is not a number gives an answer that is refused`() throws {
    let program = try SmallNetwork.program()
    let weight = try Tensor([Float](repeating: .nan, count: 4), shape: [4])
    let card = Card(
      task: .classification, output: .logits, labels: .list(["a", "b", "c", "d"]),
      input: Preprocessing(
        height: 4, width: 4, channels: 2, channelOrder: .rgb, mean: [0, 0], std: [1, 1],
        resize: .squash, crop: 1), layers: nil)
    let network = try Network(
      program: program.replacing(parameters: ["head.bias": weight]), card: card, cardPath: "card")
    #expect(throws: NetworkError.notFinite) {
      try network.prediction(for: SmallNetwork.input())
    }
  }

  @Test func `random changes of bytes never crash the reader`() throws {
    let archive = try EditedArchive()
    defer { archive.remove() }
    let whole = try archive.bytes()
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
      guard let program = try? archive.program(of: bytes) else { continue }
      _ = program.moduleLayers.count + program.parameterCount
      _ = try? program.output(for: SmallNetwork.input())
    }
  }
}
