import Foundation
import Tensors
import Terms
import TestSupport
import Testing

@testable import Networks

/// What the numbers of an output are by its card: sigmoids, logarithms, values with names.
@Suite struct OutputTests {
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

  private func expect(
    _ fault: CardError, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Network
  ) {
    #expect(throws: fault, sourceLocation: sourceLocation) { _ = try body() }
  }

  private let input = Result { try SmallNetwork.ramp([1, 1, 4, 4]) }

  /// p = σ(y) of one label, and of the second of two.
  @Test func `one number is a sigmoid's logit where one or two labels name its classes`() throws {
    let input = try input.get()
    let y = try program(outputs: 1).output(for: input).number()
    let p = 1 / (1 + exp(-y))
    let shapes = [
      try program(outputs: 1),
      try program("squeeze.dim", [("dim", .int(1))], shape: [], outputs: 1),
      try program("view", [("size", .ints([-1, 1, 1, 1]))], shape: [1, 1, 1], outputs: 1),
    ]
    for output in [Card.Output.logits, .sigmoidLogits] {
      for one in shapes {
        let single = try network(one, labels: 1, output: output)
        #expect(single.head == .labels(1) && single.classCount == 2)
        #expect(single.labels.names == ["class 0", "not class 0"])
        let two = try network(one, labels: 2, output: output)
        #expect(two.labels.names == ["class 0", "class 1"])
        for (network, positive) in [(single, 0), (two, 1)] {
          let answer = try network.prediction(for: input)
          let found = answer.classes.sorted {
            ($0.index == positive ? 0 : 1) < ($1.index == positive ? 0 : 1)
          }
          expectClose(found.map(\.probability), [p, 1 - p], within: 1e-6)
          expectClose(found.map(\.logit), [y, -y], within: 1e-6)
          #expect(answer.threshold == nil && answer.likeliest(mass: 0, limit: 1).count == 1)
        }
      }
    }
    expect(.sigmoidLabels(3, source: "card")) {
      try network(program(outputs: 1), labels: 3, output: .sigmoidLogits)
    }
  }

  @Test
  func
    `one number that nothing calls a sigmoid's is refused as a choice, and explained as a value`()
    throws
  {
    let one = try program(outputs: 1)
    expect(.oneNumber([nil, 1], isSigmoid: false)) { try network(one, labels: 3) }
    expect(.oneNumber([nil, 1], isSigmoid: false)) {
      try network(one, labels: 1, output: .probabilities)
    }
    let value = try network(one, task: .regression, output: .value)
    #expect(try value.prediction(for: input.get()).value != nil)
    let sigmoid = try program("sigmoid", shape: [1], outputs: 1)
    expect(.oneNumber([nil, 1], isSigmoid: true)) {
      try network(sigmoid, labels: 1, output: .probabilities)
    }
    let text = UnsuitedNetwork.oneNumber([nil, 1], isSigmoid: false).description
    #expect(text.contains("“sigmoid-logits”") && text.contains("“value”"))
  }

  @Test func `the two logits of a choice that stand for one number give its probability`() throws {
    // y and 0 in one row, as torch.cat([torch.zeros_like(y), y], 1) makes them.
    let two = try program(
      "constant_pad_nd", [("pad", .ints([1, 0])), ("value", .int(0))], shape: [2], outputs: 1)
    let logit = try program(outputs: 1).output(for: input.get()).number()
    let found = try network(two, labels: 2).prediction(for: input.get())
    let share = try #require(found.classes.first { $0.index == 1 }).probability
    #expect(abs(share - 1 / (1 + exp(-logit))) < 1e-6)
  }

  @Test func `several sigmoids are labels of their own, whose probabilities sum to anything`()
    throws
  {
    let y = try program().output(for: input.get()).floats()
    for (ending, output) in [
      (nil, Card.Output.sigmoidLogits), ("sigmoid", .sigmoidProbabilities),
      ("special_expit", .sigmoidProbabilities),
    ] {
      let found = try network(program(ending), output: output)
      #expect(found.head == .labels(4) && found.classCount == 4)
      let answer = try found.prediction(for: input.get())
      for one in answer.classes {
        expectClose([one.probability], [1 / (1 + exp(-y[one.index]))], within: 1e-6)
        expectClose([one.logit], [y[one.index]], within: 1e-5)
      }
      #expect(answer.threshold == 0.5)
      #expect(
        Set(answer.likeliest(mass: 0.1, limit: 4).map(\.index))
          == Set(y.indices.filter { y[$0] > 0 }))
      let both = try found.logits(of: found.program.output(for: input.get())).floats()
      expectClose(both, y + y.map { -$0 }, within: 1e-5)
    }
  }

  /// σ(±60) is 1 and 0 in a float; what goes into it tells them apart.
  @Test
  func `sigmoids at the end are undone, and those that are not never tell lost numbers apart`()
    throws
  {
    func saturated(_ end: String) throws -> Network {
      var builder = ProgramBuilder(inputShape: [1, 4, 4])
      let means = builder.call(
        "mean.dim", in: "", type: "", [("self", .value(builder.input)), ("dim", .ints([2, 3]))],
        shape: [1])
      let logits = builder.call(
        "mul.Tensor", in: "", type: "",
        [
          ("self", .value(means)),
          ("other", .weight("w", try Tensor([60, 50, -60, 0.5] as [Float], shape: [4]))),
        ], shape: [4])
      let chances = builder.call(end, in: "end", type: "", [("self", .value(logits))], shape: [4])
      return try network(builder.program(output: chances), output: .sigmoidProbabilities)
    }
    let ones = try Tensor([Float](repeating: 1, count: 16), shape: [1, 1, 4, 4])
    let undone = try saturated("sigmoid").prediction(for: ones)
    #expect(undone.classes.map(\.index) == [0, 1, 3, 2])
    expectClose(undone.classes.map(\.logit), [60, 50, 0.5, -60], within: 1e-4)
    let hard = try saturated("hardsigmoid")
    let output = try hard.program.output(for: ones)
    for index in [0, 1, 2, 4, 6] {
      let error = #expect(throws: NetworkError.self) {
        try hard.checkLogits(of: [ClassSet(index)], in: output)
      }
      guard case .vanished = error else {
        Issue.record("\(index): \(String(describing: error))")
        continue
      }
    }
    // hardsigmoid(0.5) = 1/2 + 0.5/6, and its log-odds are ln(7/5).
    try hard.checkLogits(of: [ClassSet(3)], in: output)
    let logits = try hard.logits(of: output).floats()
    expectClose([logits[3]], [log(7 / 5)], within: 1e-5)
  }

  @Test func `sigmoids and softmaxes under the other's card are told with what to write`() throws {
    for operation in ["sigmoid", "hardsigmoid", "special_expit"] {
      for output in [Card.Output.logits, .probabilities, .sigmoidLogits, .logProbabilities] {
        expect(.sigmoidsCalled("card", output: output, node: "end (\(operation)_2)")) {
          try network(program(operation), output: output)
        }
      }
    }
    for output in [Card.Output.logits, .sigmoidLogits, .sigmoidProbabilities] {
      expect(UnsuitedNetwork.sigmoids(at: "end (log_sigmoid_2)")) {
        try network(program("log_sigmoid"), output: output)
      }
    }
    for operation in ["softmax.int", "log_softmax.int"] {
      let node = "end (\(operation.prefix { $0 != "." })_2)"
      for output in [Card.Output.sigmoidLogits, .sigmoidProbabilities] {
        expect(.softmaxCalledSigmoids("card", node: node)) {
          try network(program(operation, [("dim", .int(1))]), output: output)
        }
      }
    }
    expect(.softmaxCalled(.logProbabilities, in: "card", node: "end (softmax_2)")) {
      try network(program("softmax.int", [("dim", .int(1))]), output: .logProbabilities)
    }
    let linear = try ToyNetworks.pooled(
      kernels: [1], biases: [0], head: [[1], [2], [3], [4]], height: 4, width: 4)
    expect(.logitsCalledSigmoids("card", node: "head (linear_3)")) {
      try network(linear, output: .sigmoidProbabilities)
    }
    // Numbers out of 0…1 are found where no call says it.
    let negative = try network(program("neg"), output: .sigmoidProbabilities)
    #expect(throws: NetworkError.self) { try negative.prediction(for: input.get()) }
    #expect(throws: Never.self) {
      try network(program("softmax.int", [("dim", .int(1))]), output: .probabilities)
    }
  }

  @Test func `logarithms of a softmax answer as the softmax does`() throws {
    let plain = try network(program()).prediction(for: input.get())
    let logs = try network(
      program("log_softmax.int", [("dim", .int(1))]), output: .logProbabilities)
    let found = try logs.prediction(for: input.get())
    #expect(found.classes.map(\.index) == plain.classes.map(\.index))
    expectClose(found.classes.map(\.logit), plain.classes.map(\.logit), within: 1e-6)
    // Numbers that no log_softmax made have to sum to 1.
    let error = #expect(throws: NetworkError.self) {
      try network(program(), output: .logProbabilities).prediction(for: input.get())
    }
    guard case .notLogProbabilities = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `several values have names, and the one that is asked about is the score`() throws {
    let y = try program().output(for: input.get()).floats()
    let all = try network(program(), task: .regression, output: .values)
    #expect(all.valueNames == ["class 0", "class 1", "class 2", "class 3"])
    let answer = try all.prediction(for: input.get())
    expectClose(answer.values.map(\.value), y, within: 1e-6)
    #expect(answer.value == nil)
    #expect(throws: NetworkError.severalValues(all.valueNames)) {
      try all.logits(of: all.program.output(for: input.get()))
    }
    for k in y.indices {
      let asked = all.asked(aboutValue: k)
      #expect(try asked.prediction(for: input.get()).value == y[k])
      #expect(try asked.logits(of: asked.program.output(for: input.get())).floats() == [y[k]])
      #expect(asked.labels.names == ["class \(k)"])
    }
    expect(CardError.labelCount(3, expected: 4, source: "card")) {
      try network(program(), labels: 3, task: .regression, output: .values)
    }
  }
}
