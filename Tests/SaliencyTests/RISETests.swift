import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// RISE on small networks: known answers, reductions and invariants.
@Suite struct RISETests {
  let scores: [Score] = [
    .probability(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(1)),
  ]

  func network() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, -0.2],
        head: [[1, 2, -1], [-1, 0.5, 3], [0, 1, 1]], height: 6, width: 9))
  }

  func picture() throws -> Tensor {
    try Tensor((0..<54).map { Float($0 * 37 % 23) / 11 - 1 }, shape: [1, 1, 6, 9])
  }

  private func explainer(_ estimator: RISE.Estimator = .paired, _ count: Int = 64) -> RISE {
    RISE(maskCount: count, cells: 3, estimator: estimator, seed: 5)
  }

  @Test(arguments: RISE.Estimator.allCases)
  func `a mask of ones gives the score everywhere`(_ estimator: RISE.Estimator) throws {
    let rise = RISE(maskCount: 2, probability: 1, cells: 3, estimator: estimator, seed: 1)
    let found = try rise.maps(of: scores, in: network(), at: picture())
    for (map, value) in try paired(found.maps, found.scores) {
      // A product and a quotient away from the score.
      expectClose(
        try map.values.floats(), [Float](repeating: value, count: 54), within: 1e-5)
    }
  }

  /// For `s = x_q`, `H_y = x_q E[M_q M_y]/p = x_q (p + (1 − p) A(q₁, y₁) B(q₂, y₂))`.
  @Test func `a network that reads one pixel gives the masks' covariance with it`() throws {
    var head = [Float](repeating: 0, count: 54)
    head[2 * 9 + 4] = 1
    var builder = ProgramBuilder(inputShape: [1, 6, 9])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [54])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", .weight("weight", try Tensor(head + head.map { -$0 }, shape: [2, 54]))),
      ], shape: [2])
    let network = try ToyNetworks.network(builder.program(output: output))
    let rise = RISE(maskCount: 2000, cells: 3, seed: 3)
    let input = try picture()
    let factors = try rise.randomMasks(for: network.input(input)).covarianceFactors()
    let (a, b) = (try factors.rows.floats(), try factors.columns.floats())
    let value = try input.floats()[22]
    let expected = (0..<54).map { y in
      value * (0.5 + 0.5 * a[2 * 6 + y / 9] * b[4 * 9 + y % 9])
    }
    let found = try rise.maps(of: [.logit(ClassSet(0))], in: network, at: input).maps[0]
    // The surrogate knows all but the finest of a linear score.
    expectClose(try found.values.floats(), expected, within: 1e-2)
  }

  @Test(arguments: RISE.Estimator.allCases)
  func `the same seed gives the same bytes, another one does not`(
    _ estimator: RISE.Estimator
  ) throws {
    var rise = explainer(estimator)
    let first = try rise.maps(of: scores, in: network(), at: picture()).maps
    let again = try rise.maps(of: scores, in: network(), at: picture()).maps
    rise.seed = 6
    let other = try rise.maps(of: scores, in: network(), at: picture()).maps
    for i in scores.indices {
      #expect(try first[i].values.bytes() == again[i].values.bytes())
      #expect(try first[i].values.bytes() != other[i].values.bytes())
    }
  }

  @Test(arguments: RISE.Estimator.allCases)
  func `memory and batch change nothing but rounding`(_ estimator: RISE.Estimator) throws {
    var rise = explainer(estimator)
    let wide = try rise.maps(of: scores, in: network(), at: picture())
    let narrow = try rise.maps(
      of: scores, in: network(), at: picture(), within: Resources(memory: 1))
    rise.batch = 3
    let odd = try rise.maps(of: scores, in: network(), at: picture())
    for i in scores.indices {
      try expectClose(narrow.maps[i].values, wide.maps[i].values, within: 1e-5)
      try expectClose(odd.maps[i].values, wide.maps[i].values, within: 1e-5)
    }
  }

  @Test func `many scores at once give the maps of each alone`() throws {
    let together = try explainer().maps(of: scores, in: network(), at: picture())
    for (i, score) in scores.enumerated() {
      let alone = try explainer().maps(of: [score], in: network(), at: picture())
      // The same products, in matrices of other sizes.
      try expectClose(together.maps[i].values, alone.maps[0].values, within: 1e-5)
      #expect(together.scores[i] == alone.scores[0])
    }
  }

  @Test func `a tolerance ends the drawing, and the error is told`() throws {
    var rise = explainer(.paired, 20_000)
    rise.tolerance = 0.02
    var last = ProgressUpdate(completed: 0, total: 1)
    let found = try rise.maps(
      of: scores, in: network(), at: picture(), progress: { last = $0 })
    #expect(last.completed == last.total)
    for map in found.maps {
      let error = try #require(map.measurements[.standardError])
      #expect(error <= 0.02 && error > 0)
      #expect(map.measurements[.samples] == Float(last.completed) && last.completed < 20_000)
    }
  }

  @Test(arguments: RISE.Estimator.allCases)
  func `with a tolerance, a map does not depend on how long others go on`(
    _ estimator: RISE.Estimator
  ) throws {
    var rise = explainer(estimator, 4000)
    // Between the errors of the scores after 200 masks.
    rise.tolerance = estimator == .paired ? 0.002 : 0.046
    let together = try rise.maps(of: scores, in: network(), at: picture()).maps
    #expect(Set(together.map { $0.measurements[.samples] }).count > 1)
    for (i, score) in scores.enumerated() {
      let alone = try rise.maps(of: [score], in: network(), at: picture()).maps[0]
      // The same products, in matrices of other sizes.
      try expectClose(together[i].values, alone.values, within: 1e-5)
      #expect(together[i].measurements[.samples] == alone.measurements[.samples])
      #expect(abs(together[i].neutral - alone.neutral) < 1e-5)
    }
  }

  @Test func `of many cells a few hundred products are fitted, and the estimate stays unbiased`()
    throws
  {
    let side = 40
    let masks = try RandomMasks(
      cells: 30, probability: 0.5, over: .pixels(height: side, width: side),
      dependence: .complements, seed: 2,
      on: .cpu)
    #expect(try MaskSurrogate(masks).penalties.count == 1 + MaskSurrogate.featureLimit)
    // s = M_q of one pixel, whose H is ½ + ½ A B; see above.
    var estimator = try PairedEstimator(masks, chunk: 64)
    let place = 17 * side + 23
    for start in stride(from: 0, to: 3000, by: 100) {
      let drawn = try masks.masks(start..<start + 100)
      try estimator.add(
        drawn,
        scores: drawn.reshaped([100, -1]).slice(axis: 1, place..<place + 1).permuted([1, 0]))
    }
    let factors = try masks.covarianceFactors()
    let (a, b) = (try factors.rows.floats(), try factors.columns.floats())
    let expected = (0..<side * side).map { y in
      0.5 + 0.5 * a[17 * side + y / side] * b[23 * side + y % side]
    }
    let estimate = try estimator.estimate()
    let found = try estimate.maps.floats()
    let square = zip(found, expected).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
    let error = (square / Float(found.count)).squareRoot()
    // Where the error that is told is right, the bias is none that can be seen.
    #expect(error < 1.3 * estimate.errors[0] && error < 0.02, "\(error), \(estimate.errors)")
  }

  @Test func `progress stops the drawing, and the network stays what it was`() throws {
    struct Stop: Error {}
    let network = try network()
    let before = try network.program.output(for: picture()).bytes()
    var calls = 0
    #expect(throws: Stop.self) {
      _ = try explainer().maps(of: scores, in: network, at: picture()) { _ in
        calls += 1
        if calls == 2 { throw Stop() }
      }
    }
    #expect(calls == 2)
    _ = try explainer().maps(of: scores, in: network, at: picture())
    #expect(try network.program.output(for: picture()).bytes() == before)
  }
}
