import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Prepared programs give what the plain ones give: reductions, on small, odd and real networks.
@Suite struct PreparationTests {
  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `every form of every network of the zoo gives the plain outputs`() throws {
    var found: [PreparedProgram.Form: Int] = [:]
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        let expected = try member.program.output(for: member.input)
        let workshop = try Self.workshop(member.program, member.input)
        for form in PreparedProgram.Form.allCases {
          guard let made = Self.made(form, workshop, member.input) else { continue }
          found[form, default: 0] += 1
          // Sums of floats in another order.
          try expectClose(
            made.output(for: member.input), expected, within: 1e-4, of: "\(name) \(form)")
        }
        let usual = try member.program.prepared(
          for: member.picture(), PreparationRequest(pictures: 8, memory: 1 << 26))
        if usual.form == .plain { Issue.record("\(name) is not prepared at all") }
      }
    }
    let count = try Zoo.names().count
    #expect(found[.fused, default: 0] == count && found[.channelsLast, default: 0] == count)
  }

  /// Networks that write to what their own gradient would read; PyTorch's fails there too.
  static let writing = ["StrictWrites", "WrittenBaseTwice", "WrittenBeforeAndAfter"]

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason), arguments: writing)
  func `a network that its gradient cannot be had of is refused in a sentence`(name: String) throws
  {
    let member = try Zoo.member(name)
    let error = try #require(throws: NetworkError.self) {
      try member.program.gradients(at: [member.program.inputLayer], input: member.picture()) {
        try $0.reshaped([-1]).slice(axis: 0, 0..<3)
      }
    }
    guard case .noGradient = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.hasPrefix("the network cannot be differentiated, as where it writes"))
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `the form for gradients has the plain gradients at the input of every network of the zoo`()
    throws
  {
    var compared = 0
    for name in try Zoo.names() where !Self.writing.contains(name) {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        let form = try member.program.preparedForGradients()
        func gradients(_ program: Program) throws -> Tensor? {
          do {
            return try program.gradients(at: [program.inputLayer], input: member.picture()) {
              try $0.reshaped([-1]).slice(axis: 0, 0..<3)
            }.gradients[0]
          } catch NetworkError.layerDoesNotReachOutput { return nil }
        }
        guard let expected = try gradients(member.program) else {
          #expect(try gradients(form) == nil, "\(name)")
          return
        }
        // The mean of what was normalised is constant; its gradient is rounding.
        if try expected.magnitudes().extremes().upperBound < 1e-9 { return }
        let found = try #require(try gradients(form), "\(name) has lost its gradient")
        // Sums of floats in another order.
        try expectClose(found, expected, within: 1e-4, of: name)
        compared += 1
      }
    }
    #expect(compared > 40, "only \(compared) networks were compared")
  }

  @Test(
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
    arguments: [
      "mobilenet-edgetpu", "mobilenet-v2", "inat-birds", "cifar10-resnet20", "cifar10-resnet56",
    ])
  func `real networks are prepared in every form`(name: String) throws {
    let path = try #require(References.data).appending(path: "models/\(name).pt2").path
    let program = try Program(contentsOf: path)
    let size = try #require(program.inputShape.last ?? nil)
    let count = 3 * 3 * size * size
    let numbers = (0..<count).map { (index: Int) -> Float in Float(index * 37 % 101) / 50 - 1 }
    let input = try Tensor(numbers, shape: [3, 3, size, size])
    let expected = try program.output(for: input)
    let workshop = try Self.workshop(program, input)
    for form in PreparedProgram.Form.allCases {
      let made = try #require(Self.made(form, workshop, input))
      // Up to 58 layers of 32-bit sums in another order.
      try expectClose(made.output(for: input), expected, within: 1e-4, of: "\(form)")
    }
    let fused = try #require(Self.made(.fused, workshop, input)).program.operatorCounts
    #expect(fused["aten::relu"] == nil && fused["aten::hardtanh"] == nil, "\(fused)")
    #expect(fused["aten::add.Tensor"] == nil && fused["aten::conv2d"] == nil, "\(fused)")
  }

  @Test(.enabled(if: PreparationTuner.hasBfloat16(.cpu), "this processor lacks bfloat16"))
  func `bfloat16 is coarser and close`() throws {
    let program = try SmallNetwork.program()
    let input = try SmallNetwork.input(batch: 3)
    let made = try program.prepared(
      for: input.slice(axis: 0, 0..<1),
      PreparationRequest(pictures: 3, memory: 1 << 26, precision: .bfloat16))
    #expect(made.precision == .bfloat16)
    let (found, expected) = (
      try made.output(for: input).floats(), try program.output(for: input).floats()
    )
    #expect(found != expected)
    // Eight bits of mantissa: half a unit is 1/512, over two layers.
    expectClose(found, expected, within: 1e-2)
  }

  @Test func `bfloat16 that cannot be had is an error`() throws {
    var builder = ProgramBuilder(inputShape: [1, 1, 2])
    // 1.001 is 1 in eight bits, so that nothing is left of it.
    let rest = builder.call(
      "sub.Tensor", in: "rest", type: "Rest",
      [
        ("self", .value(builder.input)),
        ("other", .weight("one", try Tensor([1, 1] as [Float], shape: [1, 1, 2]))),
      ], shape: [1, 1, 2])
    let program = try builder.program(output: rest)
    let picture = try Tensor([1.001, 1.002] as [Float], shape: [1, 1, 1, 2])
    let error = try #require(throws: NetworkError.self) {
      try program.prepared(
        for: picture, PreparationRequest(pictures: 3, memory: 1 << 26, precision: .bfloat16))
    }
    let reason =
      PreparationTuner.hasBfloat16(.cpu)
      ? "outputs differ by more than a tenth of the largest one" : "this processor lacks it"
    #expect(error == .bfloat16(reason: reason))
    #expect(error.description.contains("choose precision=float32"))
  }

  @Test func `the memory bounds the batch`() throws {
    let program = try SmallNetwork.program()
    let picture = try SmallNetwork.input()
    let batches = try [1, 4_000, 1 << 30].map { memory in
      try program.prepared(for: picture, PreparationRequest(pictures: 5000, memory: memory)).batch
    }
    // One picture takes 176 numbers at the convolution: 32 + 48 for it, 48 for its activation …
    #expect(batches[0] == 1 && batches[1] > 1 && batches[1] < 8 && batches[2] == 8)
  }

  static func workshop(_ program: Program, _ input: Tensor) throws -> PreparationTuner {
    try PreparationTuner(
      program, input.slice(axis: 0, 0..<1), PreparationRequest(pictures: 64, memory: 1 << 30))
  }

  static func made(
    _ form: PreparedProgram.Form, _ workshop: PreparationTuner, _ input: Tensor
  ) -> PreparedProgram? {
    workshop.checked(.init(form: form, batch: min(input.shape[0], workshop.largestBatch)))
  }
}

/// Tunings are kept, and nothing goes wrong where they cannot be.
@Suite struct TuningsTests {
  private func request(_ tunings: Tunings?) -> PreparationRequest {
    PreparationRequest(pictures: 1000, memory: 1 << 26, tunings: tunings)
  }

  @Test func `a measured choice is kept and used again`() throws {
    let folder = try References.temporaryFolder()
    let tunings = Tunings(path: folder.appending(path: "deep/tunings.json").path)
    let program = try SmallNetwork.program()
    let picture = try SmallNetwork.input()
    let first = try program.prepared(for: picture, request(tunings))
    let written = try Data(contentsOf: URL(filePath: tunings.path))
    let second = try program.prepared(for: picture, request(tunings))
    #expect(first.form == second.form && first.batch == second.batch)
    #expect(try Data(contentsOf: URL(filePath: tunings.path)) == written)
  }

  @Test func `the first choice that was kept holds`() throws {
    let tunings = Tunings(
      path: try References.temporaryFolder().appending(path: "tunings.json").path)
    #expect(tunings.keep(.init(form: .folded, batch: 2), for: "a")?.batch == 2)
    #expect(tunings.keep(.init(form: .fused, batch: 4), for: "a")?.batch == 2)
    #expect(tunings.choice(for: "a")?.form == .folded)
    #expect(tunings.choice(for: "b") == nil)
  }

  @Test func `a damaged file counts as empty, and no folder is no error`() throws {
    let url = try References.temporaryFolder().appending(path: "tunings.json")
    try Data("{\"version\": 1, \"choices\": {\"a\":".utf8).write(to: url)
    #expect(Tunings(path: url.path).choice(for: "a") == nil)
    let made = try SmallNetwork.program()
      .prepared(for: SmallNetwork.input(), request(Tunings(path: "/dev/null/tunings.json")))
    #expect(made.batch == 8)
  }

  @Test func `a batch that is settled is kept, and nothing is measured`() throws {
    let url = try References.temporaryFolder().appending(path: "tunings.json")
    var request = request(Tunings(path: url.path))
    request.batch = 13
    request.memory = 1
    let made = try SmallNetwork.program().prepared(for: SmallNetwork.input(), request)
    #expect(made.batch == 13 && made.bytesPerPicture > 4 * 176)
    #expect(!FileManager.default.fileExists(atPath: url.path))
  }

  @Test func `a short job is not measured`() throws {
    let url = try References.temporaryFolder().appending(path: "tunings.json")
    var request = request(Tunings(path: url.path))
    request.pictures = 100
    _ = try SmallNetwork.program().prepared(for: SmallNetwork.input(), request)
    #expect(!FileManager.default.fileExists(atPath: url.path))
  }
}
