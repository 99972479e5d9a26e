import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// What runs and walks rely on holds for every program, and is seen where it does not.
@Suite struct InvariantTests {
  /// The passes that programs go through, one on the other.
  static func passes(over program: Program, at input: Tensor) throws -> [(String, Program)] {
    let folded = try program.foldingNormalization()
    let simple = folded.droppingDeadCode().mergingPads()
    let last = try simple.channelsLast()
    let survey = try RunProfile(of: last, at: input)
    let fused = try last.fusingConvolutions(survey, batch: input.shape[0])
    return [
      ("plain", program), ("folded", folded), ("simple", simple), ("channels last", last),
      ("in place", last.workingInPlace(survey)), ("fused", fused),
      ("fused in place", fused.workingInPlace(survey)), ("bfloat16", try simple.inBfloat16()),
    ]
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `every pass over every network keeps them`() throws {
    for name in try Zoo.names() {
      let member = try Zoo.member(name)
      try ZooTests.trying(name) {
        try member.program.checkInvariants(isFresh: true)
        guard let passes = try? Self.passes(over: member.program, at: member.input) else { return }
        for (_, program) in passes { try program.checkInvariants() }
      }
    }
  }

  /// x → a = relu(x), b = a.view, c = relu_(a).
  private func program(
    _ change: (inout [Node], inout [Int: Int]) -> Void
  ) throws -> Program {
    var builder = ProgramBuilder(inputShape: [2, 4])
    let a = builder.call(
      "relu", in: "", type: "", [("self", .value(builder.input))], shape: [2, 4])
    let b = builder.call(
      "view", in: "", type: "", [("self", .value(a)), ("size", .ints([-1, 8]))], shape: [8])
    let c = builder.call("neg", in: "", type: "", [("self", .value(b))], shape: [8])
    let program = try builder.program(output: c)
    var (nodes, written) = (program.nodes, program.written)
    change(&nodes, &written)
    return program.replacing(nodes: nodes)
  }

  private func expect(_ words: String, _ change: (inout [Node]) -> Void) throws {
    let broken = try program { nodes, _ in change(&nodes) }
    let error = #expect(throws: NetworkError.self) {
      try broken.checkInvariants(isFresh: true)
    }
    #expect(error?.description.contains(words) == true, "\(error as Any)")
  }

  @Test func `each that is broken is named`() throws {
    try program { _, _ in }.checkInvariants(isFresh: true)
    try expect("is written twice") { $0[2].results = $0[1].results }
    try expect("which nothing before it makes") { $0.swapAt(0, 1) }
    try expect("which nothing before it makes") { $0.removeLast() }
    let inPlace = try Operator("aten::relu_")
    // It writes over what the view behind it, and so the output, still reads.
    try expect("which was written over") { nodes in
      var late = nodes[0]
      late.operation = .tensor(inPlace)
      late.arguments[0].value = .slot(nodes[0].resultSlot ?? 0)
      late.results = [.ignored]
      nodes.insert(late, at: 2)
    }
    try expect("which was written over") { nodes in
      nodes[1].supersedes = nodes[0].resultSlot
      nodes[2].arguments[0].value = .slot(nodes[0].resultSlot ?? 0)
    }
    // A twin that is no view takes the place of all that share the memory.
    try expect("which was written over") { nodes in
      var twin = nodes[0]
      twin.supersedes = nodes[0].resultSlot
      twin.results = [.ignored]
      nodes.insert(twin, at: 2)
    }
    try expect("shares memory") { $0[2].written = 0 }
  }

  @Test func `a value of another builder is an error`() throws {
    var large = ProgramBuilder(inputShape: [4])
    let value = large.call("neg", in: "", type: "", [("self", .value(large.input))], shape: [4])
    let small = ProgramBuilder(inputShape: [4])
    #expect(throws: NetworkError.self) { try small.program(output: value) }
    var other = small
    let sum = other.call(
      "add.Tensor", in: "", type: "",
      [("self", .value(other.input)), ("other", .value(.init(slot: 9, lengths: [])))], shape: [4])
    #expect(throws: NetworkError.self) { try other.program(output: sum) }
  }

  @Test func `twenty thousand operators that write to views of one tensor are purified in no time`()
    throws
  {
    var builder = ProgramBuilder(inputShape: [4])
    let copy = builder.call("neg", in: "", type: "", [("self", .value(builder.input))], shape: [4])
    var views: [ProgramBuilder.Reference] = []
    for _ in 0..<20_000 {
      let view = builder.call("alias", in: "", type: "", [("self", .value(copy))], shape: [4])
      views.append(
        builder.call(
          "add_.Scalar", in: "", type: "", [("self", .value(view)), ("other", .int(1))], shape: [4])
      )
    }
    let sum = builder.call(
      "stack", in: "", type: "", [("tensors", .values(Array(views.suffix(3))))], shape: [4])
    let program = try builder.program(output: sum)
    let found = try program.output(for: Tensor([1, 2, 3, 4] as [Float], shape: [1, 4]))
    #expect(try found.floats().prefix(4) == [19_999, 19_998, 19_997, 19_996])
    // Here nothing else reads what is written to, so all become pure.
    var chain = ProgramBuilder(inputShape: [4])
    let start = chain.call("neg", in: "", type: "", [("self", .value(chain.input))], shape: [4])
    for _ in 0..<20_000 {
      _ = chain.call(
        "add_.Scalar", in: "", type: "", [("self", .value(start)), ("other", .int(1))], shape: [4])
    }
    let pure = try chain.program(output: start)
    #expect(pure.written.isEmpty)
    #expect(
      try pure.output(for: Tensor([1, 2, 3, 4] as [Float], shape: [1, 4])).floats().first == 19_999)
  }
}
