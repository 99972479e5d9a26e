import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Which answers and inputs of a network Rather takes, and what it says of others.
@Suite struct HeadTests {
  /// The small network with something behind its logits `[N, 4]`.
  private func program(
    _ operation: String? = nil, _ arguments: [(String, ProgramBuilder.Argument)] = [],
    shape: [Int] = [4], outputs: Int = 4
  ) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 4])
    let maps = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try SmallNetwork.ramp([outputs, 1, 3, 3]))),
        ("padding", .ints([1, 1])),
      ], shape: [outputs, 4, 4])
    var output = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(maps)), ("dim", .ints([2, 3]))],
      shape: [outputs])
    if let operation {
      output = builder.call(
        operation, in: "end", type: "End", [("self", .value(output))] + arguments, shape: shape)
    }
    return try builder.program(output: output)
  }

  private func network(
    _ program: Program, labels: Int = 4, task: Card.Task = .classification,
    output: Card.Output = .logits, outputName: String? = nil
  ) throws -> Network {
    var card = ToyNetworks.card(
      height: 4, width: 4, labels: (0..<labels).map { "class \($0)" })
    (card.task, card.output, card.outputName) = (task, output, outputName)
    let shape = program.inputShape
    if shape.count == 4, shape[1] == 3 {
      try card.changeInput {
        ($0.channels, $0.channelOrder) = (3, .rgb)
        ($0.mean, $0.std) = ([0, 0, 0], [1, 1, 1])
        ($0.height, $0.width) = (shape[2] ?? 4, shape[3] ?? 4)
      }
    }
    return try Network(program: program, card: card, cardPath: "card")
  }

  private func expect(
    _ fault: UnsuitedNetwork, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Network
  ) {
    #expect(throws: fault, sourceLocation: sourceLocation) { _ = try body() }
    #expect(fault.description.first?.isLowercase == true || fault.description.hasPrefix("Rather"))
  }

  @Test func `a sigmoid is found behind what only moves its numbers`() throws {
    var builder = ProgramBuilder(inputShape: [1, 4, 4])
    var value = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [16])
    value = builder.call(
      "sigmoid", in: "gate", type: "Sigmoid", [("self", .value(value))], shape: [16])
    let gated = value
    value = builder.call(
      "clamp", in: "", type: "", [("self", .value(value)), ("min", .double(0.1))], shape: [16])
    value = builder.call(
      "view", in: "", type: "", [("self", .value(value)), ("size", .ints([-1, 16]))], shape: [16])
    #expect(try builder.program(output: value).closingSigmoid == "gate (sigmoid_1)")
    let product = builder.call(
      "mul.Tensor", in: "", type: "", [("self", .value(gated)), ("other", .value(gated))],
      shape: [16])
    #expect(try builder.program(output: product).closingSigmoid == nil)
  }

  @Test func `sigmoids that are joined or scaled are found, and shares made of one are not`() throws
  {
    func program(_ end: String) throws -> Program {
      var builder = ProgramBuilder(inputShape: [1, 4, 4])
      let means = builder.call(
        "mean.dim", in: "", type: "", [("self", .value(builder.input)), ("dim", .ints([2, 3]))],
        shape: [1])
      let share = builder.call("sigmoid", in: "", type: "", [("self", .value(means))], shape: [1])
      let rest = builder.call(
        "rsub.Scalar", in: "", type: "", [("self", .value(share)), ("other", .int(1))], shape: [1])
      switch end {
      case "scaled":
        let scale = try Tensor([1, 2] as [Float], shape: [2])
        let scaled = builder.call(
          "mul.Tensor", in: "", type: "",
          [("self", .value(share)), ("other", .weight("scale", scale))], shape: [2])
        return try builder.program(output: scaled)
      default:
        let parts = end == "joined" ? [share, share] : [rest, share]
        let joined = builder.call(
          "cat", in: "", type: "", [("tensors", .values(parts)), ("dim", .int(1))], shape: [2])
        return try builder.program(output: joined)
      }
    }
    #expect(try program("joined").closingSigmoid != nil)
    #expect(try program("scaled").closingSigmoid != nil)
    // What is advised for one output: its share and that of the other class.
    #expect(try program("shares").closingSigmoid == nil)
  }

  @Test func `axes of length one behind the classes do not matter`() throws {
    let behind = try program("view", [("size", .ints([-1, 4, 1, 1]))], shape: [4, 1, 1])
    let found = try network(behind)
    #expect(found.classCount == 4)
    let input = try SmallNetwork.ramp([1, 1, 4, 4])
    #expect(
      try found.prediction(for: input).classes == network(program()).prediction(for: input).classes)
    #expect(throws: CardError.labelCount(3, expected: 4, source: "card")) {
      try network(behind, labels: 3)
    }
  }

  @Test func `numbers on several axes, and several for one value, are refused`() throws {
    let boxes = try program("view", [("size", .ints([-1, 2, 2]))], shape: [2, 2])
    for task in Card.Task.allCases {
      expect(.array([nil, 2, 2])) {
        try network(boxes, task: task, output: task == .regression ? .value : .logits)
      }
    }
    #expect(UnsuitedNetwork.array([nil, 2, 2]).description.contains("boxes"))
    expect(.severalValues([nil, 4])) {
      try network(program(), task: .regression, output: .value)
    }
  }

  @Test func `inputs that are no pictures of one or three channels are told`() throws {
    func reading(_ shape: [Int]) throws -> Program {
      var builder = ProgramBuilder(inputShape: shape)
      let flat = builder.call(
        "flatten.using_ints", in: "flat", type: "Flatten",
        [("self", .value(builder.input)), ("start_dim", .int(1))],
        shape: [shape.reduce(1, *)])
      return try builder.program(output: flat)
    }
    expect(.noPictures([nil, 8])) { try network(reading([8]), labels: 8) }
    expect(.noPictures([nil, 3, 4, 4, 4])) { try network(reading([3, 4, 4, 4]), labels: 192) }
    expect(.channels(4)) { try network(reading([4, 4, 4]), labels: 64) }
    // Channels last are brought first.
    let last = try reading([4, 4, 3])
    #expect(last.takingPictures.inputShape == [nil, 3, 4, 4])
  }

  @Test func `bytes are refused, not fed with numbers`() throws {
    let bytes = try program().lowered { document in
      document.graph_module.graph.tensor_values["x"]?.dtype = ElementType.uint8.exportCode
    }
    expect(.wholeNumbers([nil, 1, 4, 4])) { try network(bytes) }
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `an encoder that returns several outputs is no encoder`() throws {
    var builder = ProgramBuilder(inputShape: [5])
    let drawn = builder.call(
      "linear", in: "draw", type: "Linear",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try SmallNetwork.ramp([192, 5]))),
      ], shape: [192])
    var output = try ToyNetworks.card(height: 8, width: 8, labels: []).input
    (output.channels, output.channelOrder) = (3, .rgb)
    (output.mean, output.std) = ([0, 0, 0], [1, 1, 1])
    let card = GeneratorCard(
      kind: .vae, decoder: "d.pt2", encoder: "e.pt2", latentLength: 5, output: output)
    let texts = ["“aux” [N, 5]", "“main.0” [N, 5]", "“few” [N, 4]"]
    #expect(throws: GeneratorError.severalOutputs(texts)) {
      try Generator(
        decoder: builder.program(output: drawn), encoder: Zoo.member("TwoHeads").program,
        card: card)
    }
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `of several outputs the card names one, or one alone has its form`() throws {
    let program = try Zoo.member("TwoHeads").program
    #expect(program.outputs.map(\.name) == ["aux", "main.0", "few"])
    let texts = ["“aux” [N, 5]", "“main.0” [N, 5]", "“few” [N, 4]"]
    expect(.severalOutputs(texts, example: "aux")) { try network(program, labels: 5) }
    expect(.severalOutputs(texts, example: "aux")) { try network(program, labels: 6) }
    expect(.noSuchOutput("logits", known: texts)) {
      try network(program, labels: 5, outputName: "logits")
    }
    let input = try Zoo.member("TwoHeads").picture()
    let aux = try network(program, labels: 5, outputName: "aux").program.output(for: input)
    let main = try network(program, labels: 5, outputName: "main.0").program.output(for: input)
    try expectClose(main, aux * -1, within: 1e-6)
    #expect(try main.floats().contains { abs($0) > 1e-3 })
    #expect(try network(program, labels: 4).program.outputShape == [nil, 4])
    // A map beside the logits cannot be meant.
    #expect(try network(Zoo.member("TupleOutput").program, labels: 5).classCount == 5)
    #expect(
      try Zoo.member("DictionaryOutput").program.outputs.map(\.name) == ["logits", "features"])
  }
}

extension Program {
  /// The same network read from its document after a change.
  func lowered(_ change: (inout ExportDocument) -> Void) throws -> Program {
    let writer = try ExportWriter(self)
    var document = try writer.document()
    change(&document)
    var reader = try ExportReader(document, path: "changed")
    let tensors = writer.program.weights.map { (writer.key($0), $0.tensor) }
    return try reader.program(
      weights: Dictionary(tensors, uniquingKeysWith: { first, _ in first }))
  }
}
