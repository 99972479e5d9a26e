import Foundation
import Tensors
import Terms
import TestSupport
import Testing

@testable import Networks

/// Known answers and invariances: what is shuffled keeps its numbers, what is not stays, and draws
/// depend on seed and name alone.
@Suite struct ShuffledWeightsTests {
  private func changed(_ a: Program, _ b: Program) throws -> Set<String> {
    try Set(a.parameters.keys.filter { try a.parameters[$0]?.bytes() != b.parameters[$0]?.bytes() })
  }

  @Test func `stages go from the output down, and join layers evenly`() throws {
    let program = try SmallNetwork.program()
    let two = program.weightStages(atMost: 8)
    #expect(two.map(\.name) == ["head", "features.conv"])
    #expect(two.map(\.parameterCount) == [4 * 3 + 4, 3 * 2 * 9 + 3])
    let one = program.weightStages(atMost: 1)
    #expect(one.map(\.name) == ["head … features.conv"])
    #expect(one[0].parameterCount == program.parameterCount)
    let bent = try ToyNetworks.bent().weightStages(atMost: 2)
    #expect(bent.map(\.modules) == [["linear3"], ["linear2", "linear1"]])
  }

  @Test func `each tensor keeps its numbers in another order, and the network's own stay`() throws {
    let program = try SmallNetwork.program()
    let before = try program.parameters.mapValues { try $0.bytes() }
    let stages = program.weightStages(atMost: 2)
    let shuffled = try ShuffledWeights(of: stages, in: program, seed: 1).program(with: stages)
    #expect(try changed(program, shuffled) == Set(program.parameters.keys))
    for (name, tensor) in program.parameters {
      let other = try #require(shuffled.parameters[name])
      #expect(other.shape == tensor.shape)
      #expect(try other.floats().sorted() == tensor.floats().sorted())
    }
    #expect(try program.parameters.mapValues { try $0.bytes() } == before)
  }

  @Test func `a stage draws the same alone and with others, and other seeds draw otherwise`() throws
  {
    let program = try ToyNetworks.bent()
    let stages = program.weightStages(atMost: 3)
    let all = try ShuffledWeights(of: stages, in: program, seed: 5)
    let alone = try ShuffledWeights(of: [stages[1]], in: program, seed: 5)
      .program(with: [stages[1]])
    #expect(try changed(program, alone) == ["linear2.weight", "linear2.bias"])
    #expect(try changed(alone, all.program(with: [stages[1]])).isEmpty)
    let cascade = all.program(with: stages[...1])
    #expect(
      try changed(program, cascade)
        == ["linear2.weight", "linear2.bias", "linear3.weight", "linear3.bias"])
    #expect(
      try cascade.parameters["linear2.weight"]?.bytes()
        == alone.parameters["linear2.weight"]?.bytes())
    let other = try ShuffledWeights(of: stages, in: program, seed: 6)
    #expect(
      try changed(cascade, other.program(with: stages[...1])).isSuperset(of: [
        "linear2.weight", "linear3.weight",
      ]))
  }

  @Test func `a tensor that two modules share stays one, in the stage nearest the output`() throws {
    let square = try SmallNetwork.ramp([4, 4])
    var builder = ProgramBuilder(inputShape: [4])
    func layer(_ name: String, _ input: ProgramBuilder.Reference, _ weight: Tensor)
      -> ProgramBuilder.Reference
    {
      builder.call(
        "linear", in: name, type: "Linear",
        [("input", .value(input)), ("weight", .weight("weight", weight))], shape: [4])
    }
    let first = layer("a", builder.input, square)
    let second = try layer("b", first, SmallNetwork.ramp([4, 4]) * 2)
    let third = layer("c", second, square)
    let program = try builder.program(output: third)
    let stages = program.weightStages(atMost: 8)
    #expect(stages.map(\.name) == ["c", "b"])
    #expect(stages.map(\.parameterCount) == [16, 16])
    let shuffled = try ShuffledWeights(of: stages, in: program, seed: 3).program(with: [stages[0]])
    #expect(try changed(program, shuffled) == ["a.weight", "c.weight"])
    #expect(
      try shuffled.parameters["a.weight"]?.bytes() == shuffled.parameters["c.weight"]?.bytes())
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `what modules share in an exported network is shuffled for both`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "tied.pt2").path
    _ = try References.run("tied.py", [path])
    let program = try Program(contentsOf: path)
    let stages = program.weightStages(atMost: 8)
    #expect(stages.map(\.name) == ["last", "middle"])
    let shuffled = try ShuffledWeights(of: stages, in: program, seed: 3).program(with: [stages[0]])
    // PyTorch's exporter lets both layers read one of the two names.
    let tied = try #require(shuffled.parameters["last.weight"])
    #expect(try tied.bytes() != program.parameters["last.weight"]?.bytes())
    let middle = try #require(program.parameters["middle.weight"])
    let column = try Tensor([1, -2, 3, 0.5] as [Float], shape: [4, 1])
    try expectClose(
      shuffled.output(for: column.reshaped([1, 1, 2, 2])).reshaped([4, 1]),
      tied.matrixProduct(middle).matrixProduct(tied).matrixProduct(column),
      // Three products of four numbers each, in another order.
      within: 1e-5)
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `a real network loses every learnt number, stored statistics too, and folds as before`()
    throws
  {
    let path = try #require(References.data).appending(path: "models/cifar10-resnet20.pt2").path
    let program = try Program(contentsOf: path)
    let stages = program.weightStages(atMost: 8)
    #expect(stages.count == 8)
    #expect(stages.first?.modules.first == "fc" || stages.first?.modules.first == "linear")
    // Each of 19 normalisations has as many stored numbers as it has parameters.
    let channels = program.weights.filter { $0.name.hasSuffix("running_var") }
      .map(\.tensor.count).reduce(0, +)
    #expect(
      stages.map(\.parameterCount).reduce(0, +) == program.parameterCount + 2 * channels)
    let shuffled = try ShuffledWeights(of: stages, in: program, seed: 2).program(with: stages)
    for (old, new) in try paired(program.weights, shuffled.weights) where old.tensor.count > 1 {
      #expect(try old.tensor.bytes() != new.tensor.bytes(), "\(old.name) is what it was")
    }
    let numbers = (0..<3072).map { Float($0 % 17) / 8 - 1 }
    let input = try Tensor(numbers, shape: [1, 3, 32, 32])
    // Other orders of 32-bit sums over twenty layers.
    try expectClose(
      shuffled.foldingNormalization().output(for: input), shuffled.output(for: input),
      within: 1e-4)
  }
}
