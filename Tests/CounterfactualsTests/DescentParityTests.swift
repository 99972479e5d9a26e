import Counterfactuals
import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@Suite("Descent: parity with a plain PyTorch loop")
struct DescentParityTests {
  private struct Task: Encodable {
    var code: [Float]
    var picture: [Float]
    var shape: [Int]
    var fact: Int
    var foils: [Int]
    var method: ContrastiveMethod
    var slack: Float
    var range: [Float]
    var rate: Double
    var steps: Int
    var iterations: Int
  }

  private struct Found: Decodable {
    let codes: [[Float]]
    let constraints: [Float]
  }

  /// Small whole numbers without a pattern, as tenths.
  private static func grid(
    _ rows: Int, _ columns: Int, _ level: (Int, Int) -> Int
  ) -> [[Float]] {
    (0..<rows).map { row in (0..<columns).map { Float(level(row, $0)) * 0.1 } }
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: ContrastiveMethod.allCases)
  func `codes are those of a loop that asks one question at a time`(
    method: ContrastiveMethod
  ) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // Twelve pixels of a bent network with three classes, drawn from four numbers.
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let matrix = Self.grid(12, 4) { row, column in (row * 5 + column * 3) % 7 - 3 }
    let encoder = Self.grid(4, 12) { row, column in (row + column) % 3 }
    let generator = try ToyDrawing.generator(
      matrix, offset: [Float](repeating: 0.4, count: 12), encoder: encoder)
    try network.program.write(to: folder.path + "/classifier.pt2")
    try generator.write(to: folder.path + "/decoder.pt2")

    var search = ContrastiveSearch(method: method, seed: 1)
    // No search ends early, so that both make the same steps.
    search.optimiser = AugmentedLagrangian(
      minimiser: .descent(rate: 0.002, steps: 15), iterationLimit: 120)
    search.startCount = 1
    (search.optimiser.tolerance, search.optimiser.stationarity) = (0, 0)
    let photo = try ToyDrawing.picture((0..<12).map { UInt8($0 * 17 + 30) })
    let answers = try search.answers(
      to: [ContrastiveQuestion(photo, ratherThan: .all)], of: network, drawnBy: generator)[0]
    #expect(answers.count == 2)

    let first = try #require(answers.first)
    let task = Task(
      code: first.attempts[0].startCode, picture: try first.input.floats(), shape: [1, 1, 12],
      fact: first.fact.indices[0], foils: answers.map { $0.foil.indices[0] }, method: method,
      slack: search.slack, range: [0, 1], rate: 0.002, steps: 15, iterations: 120)
    let path = folder.path + "/task.json"
    try JSONEncoder().encode(task).write(to: URL(filePath: path))
    let text = try References.run(
      "cdeepex.py", [folder.path + "/decoder.pt2", folder.path + "/classifier.pt2", path])
    let found = try JSONDecoder().decode(Found.self, from: Data(text.utf8))
    for (answer, code) in try paired(answers, found.codes) {
      let attempt = answer.attempts[0]
      #expect(attempt.iterations == 120)
      #expect(attempt.distance > 0.01)
      // 120 steps in 32 bits there and 64 bits here.
      expectClose(attempt.code, code, within: 1e-4)
    }
  }
}
