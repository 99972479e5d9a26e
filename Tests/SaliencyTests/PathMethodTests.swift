import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, reductions and completeness of Integrated Gradients on paths that are not straight.
@Suite struct PathMethodTests {
  static let scores: [Score] = [.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))]

  @Test func `the number of smallest gradient moves first`() {
    // From (0, 0) to (1, 1) in two steps, by gradients (3, 1) and then (2, 5).
    func path(distance: Float) -> GuidedPath {
      var path = GuidedPath(
        from: [0, 0], to: [1, 1], steps: 2, fraction: 0, distance: distance)
      path.move(by: [3, 1])
      path.move(by: [2, 5])
      return path
    }
    // The second number goes all its way, then the first.
    #expect(path(distance: 1).attribution == [2, 1])
    // At most ¼ from the straight path: both to ¼, the second to ¾; then the first to ¾ and to 1, and
    // the second to 1. 3/4 + 1 + 1/2, and 3/4 + 5/4.
    #expect(path(distance: 0.25).attribution == [2.25, 2])
    // The straight path: the mean of the gradients.
    #expect(path(distance: 0).attribution == [2.5, 3])
    for distance: Float in [0, 0.25, 1] { #expect(path(distance: distance).point == [1, 1]) }
  }

  @Test func `what does not differ from the baseline never moves`() {
    var path = GuidedPath(from: [2, 0, 1], to: [2, 4, 1], steps: 4, fraction: 0.5, distance: 0.1)
    for step in 1...4 {
      path.move(by: [1, Float(step), 1])
      #expect(path.point == [2, Double(step), 1])
    }
    #expect(path.attribution == [0, 1 + 2 + 3 + 4, 0])
  }

  @Test func `numbers stay near the straight path, and the point keeps its pace`() throws {
    var stream = RandomStream(5)
    let count = 40
    let end = (0..<count).map { _ in stream.uniform() * 4 - 2 }
    var path = GuidedPath(
      from: Array(repeating: 0, count: count), to: end, steps: 20, fraction: 0.25, distance: 0.125)
    for step in 1...20 {
      path.move(by: (0..<count).map { _ in stream.uniform() - 0.5 })
      let place = Double(step) / 20
      let whole = end.reduce(0) { $0 + abs(Double($1)) }
      let gone = path.point.reduce(0) { $0 + abs($1) }
      #expect(abs(gone / whole - place) < 1e-9)
      for (point, end) in try paired(path.point, end) {
        #expect((place - 0.125 - 1e-9...place + 0.125 + 1e-9).contains(point / Double(end)))
      }
    }
  }

  @Test(arguments: ["guided-ig", "blur-ig"])
  func `for a linear network any path gives the difference times the weights`(name: String) throws {
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, -2, 0.5], [3, 1, -1]], [0.3, -1])]))
    let input = try IntegratedGradientsTests.input([0.7, -0.2, 2])
    let method: any Explainer = name == "blur-ig" ? BlurIG(sigma: 2, steps: 7) : GuidedIG(steps: 7)
    let baseline: Baseline = name == "blur-ig" ? .blur(sigma: 2) : .black
    let difference = try input - baseline.input(for: network, at: input)
    let found = try method.maps(of: Self.scores, in: network, at: input)
    for (map, weights) in try paired(found.maps, [[1, -2, 0.5], [-2, -3, 1.5]] as [[Float]]) {
      let expected = try zip(difference.floats(), weights).map { $0 * $1 }
      expectClose(try map.values.floats(), expected, within: 1e-5)
      #expect(abs(map.measurements[.completenessError] ?? 9) < 1e-5)
      #expect(map.measurements[.steps] == 7)
    }
  }

  @Test func `at distance 0 it is the left sum of Integrated Gradients`() throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let input = try IntegratedGradientsTests.input(IntegratedGradientsTests.far)
    let start = try Baseline.white.input(for: network, at: input)
    let found = try GuidedIG(baseline: .white, steps: 10, distance: 0)
      .maps(of: Self.scores, in: network, at: input)
    let path = try InputPath(from: start, to: input, in: network)
    let rule = Quadrature(
      points: (0..<10).map { Double($0) / 10 }, weights: Array(repeating: 0.1, count: 10))
    let expected = try path.integral(
      of: Self.scores, by: rule, within: Resources(), progress: { _ in })
    for (s, map) in found.maps.enumerated() {
      try expectClose(
        map.values,
        expected.signed.select(axis: 0, index: s).reshaped(map.values.shape), within: 1e-5)
    }
  }

  @Test func `one step of blur-ig is what the blur takes away times the gradient`() throws {
    let network = try ToyNetworks.colour()
    let input = try ToyNetworks.colourInput()
    let found = try BlurIG(sigma: 1.5, steps: 1).maps(of: Self.scores, in: network, at: input)
    let blurred = try Baseline.blur(sigma: 1.5).input(for: network, at: input)
    let gradients = try network.inputGradients(of: Self.scores, at: input).gradients
    for (s, map) in found.maps.enumerated() {
      let own = try gradients.select(axis: 0, index: s).select(axis: 0, index: 0)
      try expectClose(
        #require(map.attribution), (input - blurred).select(axis: 0, index: 0) * own, within: 1e-6)
    }
  }

  @Test(arguments: ["guided-ig", "blur-ig"])
  func `more steps come closer to the score's difference`(name: String) throws {
    // A smooth score: probabilities of a linear network.
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, -1, 2], [-2, 1, 0.5]], [0, 0.5])]))
    let input = try IntegratedGradientsTests.input([1, 2, -0.5])
    let errors = try [20, 200].map { steps in
      let method: any Explainer =
        name == "blur-ig" ? BlurIG(sigma: 2, steps: steps) : GuidedIG(steps: steps)
      let map = try method.maps(of: [.probability(ClassSet(0))], in: network, at: input).maps[0]
      let error = try #require(map.measurements[.completenessError])
      #expect(
        abs(try map.values.sum().number() - #require(map.measurements[.scoreDifference]) - error)
          < 1e-6)
      return abs(error)
    }
    // A left sum of a smooth function errs by a term in 1/n.
    #expect(errors[1] < errors[0] / 5 && errors[0] < 0.05, "\(errors)")
  }
}

/// Parity with the authors' library, on a small network without rectifiers' bends.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct PathMethodParityTests {
  static let folder = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("saliency_paths.py", [folder.path])
    return folder
  }

  @Test(arguments: ["guided-ig", "guided-ig-far", "blur-ig"])
  func `attributions equal those of the authors' library`(name: String) throws {
    let folder = try Self.folder.get()
    let network = try ToyNetworks.network(
      Program(contentsOf: folder.appending(path: "network.pt2").path))
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    let method: any Explainer =
      switch name {
      case "blur-ig": BlurIG(sigma: 4, steps: 20)
      case "guided-ig": GuidedIG(steps: 30)
      default: GuidedIG(baseline: .white, steps: 12, fraction: 0.4, distance: 0.3)
      }
    let found = try method.maps(of: PathMethodTests.scores, in: network, at: input)
    for (map, score) in try paired(found.maps, ["logit", "log-odds"]) {
      // The library adds in 64 bits, and gradients are equal to the last digits.
      try expectClose(
        #require(map.attribution),
        NumPyFile.tensor(at: folder.appending(path: "\(score).\(name).npy")), within: 1e-4,
        of: "\(name) \(score)")
    }
  }
}
