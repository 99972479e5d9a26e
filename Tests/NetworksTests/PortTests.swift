import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Programs of several inputs and outputs, of several types.
@Suite struct PortTests {
  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `a network of several inputs and outputs equals PyTorch's, also when it was written`() throws
  {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try References.run("ports.py", [folder.path])
    func array(_ name: String) throws -> Tensor {
      try NumPyFile.tensor(at: folder.appending(path: name + ".npy"))
    }
    let program = try Program(contentsOf: folder.appending(path: "network.pt2").path)
    #expect(program.inputs.map(\.name) == ["values", "mask", "factor", "ids", "keep"])
    #expect(program.inputs.map(\.fixed) == [nil, FixedValue.none, .int(2), nil, nil])
    #expect(program.openInputs.map(\.type) == [.float32, .int64, .bool])
    #expect(program.openInputs.map(\.shape) == [[nil, 3], [nil, 4], [nil]])
    let names = ["logits", "deep.0", "deep.1.ids", "count"]
    #expect(program.outputs.map(\.name) == names)
    #expect(program.answers.map(\.name) == ["logits", "deep.0"])
    let inputs = try program.openInputs.reduce(into: [:]) { values, port in
      values[port.name] = try array(port.name).converted(to: #require(port.type))
    }
    let found = try program.outputs(for: inputs)
    #expect(Set(found.keys) == Set(names))
    let path = folder.appending(path: "written.pt2").path
    try program.write(to: path)
    let again = try Program(contentsOf: path)
    #expect(again.inputs.map(\.fixed) == program.inputs.map(\.fixed))
    #expect(again.outputs.map(\.text) == program.outputs.map(\.text))
    let reread = try again.outputs(for: inputs)
    _ = try References.run("ports.py", [folder.path, path])
    for name in names {
      let value = try #require(found[name])
      let numbers = try value.converted(to: .float32)
      try expectClose(numbers, array("expected." + name), within: 1e-6, of: name)
      try #expect(value.bytes() == #require(reread[name]).bytes(), "\(name)")
      try expectClose(numbers, array("written." + name), within: 1e-6, of: "\(name), written")
    }
    // Gradients flow to the input and, behind the region, past what was computed without them.
    let layer = try program.inputLayer(of: "values")
    for one in [program, again] {
      let gradients = try one.gradients(at: [layer], inputs: inputs) {
        try $0.sum().reshaped([1, 1])
      }
      #expect(gradients.gradients[0].shape == [1, 5, 3])
      #expect(try gradients.gradients[0].floats().contains { $0 != 0 })
    }
  }

  /// y = values + 2 · steps, where steps are whole numbers.
  private func sum() throws -> Program {
    var builder = ProgramBuilder()
    let values = builder.addInput("values", shape: [nil, 3])
    let steps = builder.addInput("steps", shape: [nil, 3], type: .int64)
    let sum = builder.call(
      "add.Tensor", in: "sum", type: "Sum",
      [("self", .value(values)), ("other", .value(steps)), ("alpha", .int(2))],
      results: [.tensor([nil, 3])])
    builder.addOutput("sum", sum[0])
    builder.addOutput("steps", steps)
    return try builder.program()
  }

  @Test func `values travel by the names of ports`() throws {
    let program = try sum()
    let values = try Tensor([0.5, 1, 2] as [Float], shape: [1, 3])
    let steps = try Tensor([1, 0, -1] as [Float], shape: [1, 3]).converted(to: .int64)
    let found = try program.outputs(for: ["values": values, "steps": steps])
    #expect(try found["sum"]?.floats() == [2.5, 1, 0])
    #expect(try found["steps"]?.bytes() == steps.bytes())
    #expect(
      try program.output(for: ["values": values, "steps": steps]).floats() == [2.5, 1, 0])
  }

  @Test func `what is given to the wrong port, or to none, is told`() throws {
    let program = try sum()
    let values = try Tensor([0.5, 1, 2] as [Float], shape: [1, 3])
    let steps = try Tensor([1, 0, -1] as [Float], shape: [1, 3]).converted(to: .int64)
    let texts = ["“values” [N, 3]", "“steps” [N, 3]"]
    func expect(_ error: NetworkError, _ inputs: [String: Tensor]) {
      #expect(throws: error) { try program.output(for: inputs) }
    }
    #expect(throws: NetworkError.severalInputs(texts)) { try program.output(for: values) }
    expect(.missingInput(texts[1]), ["values": values])
    expect(
      .unknownInput("step", known: texts), ["values": values, "step": steps, "steps": steps])
    expect(.inputType(texts[1], .int64), ["values": values, "steps": values])
    let two = try Tensor.concatenated([steps, steps])
    expect(.inputLengths(texts[1], 1, 2), ["values": values, "steps": two])
    expect(
      .inputShape([1, 1, 3], expected: [nil, 3]),
      ["values": try values.reshaped([1, 1, 3]), "steps": steps])
    #expect(throws: NetworkError.unknownInput("x", known: texts)) {
      try program.inputLayer(of: "x")
    }
    for error in [
      NetworkError.severalInputs(texts), .missingInput(texts[0]), .inputType(texts[1], .int64),
      .inputLengths(texts[1], 1, 2), .unknownInput("x", known: texts),
    ] {
      #expect(error.description.contains("input"), "\(error)")
    }
  }

  @Test func `a network of several inputs is no network of pictures`() throws {
    let texts = ["“values” [N, 3]", "“steps” [N, 3]"]
    #expect(throws: UnsuitedNetwork.severalInputs(texts)) { try sum().checkTakesPictures() }
  }
}
