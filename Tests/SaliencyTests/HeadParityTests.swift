import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Parity with PyTorch where the end is no softmax: one sigmoid, several, a map of classes.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct HeadParityTests {
  private static let folder = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("heads.py", [folder.path])
    return folder
  }

  private struct Member {
    let network: Network
    let folder: URL

    init(_ name: String, _ output: Card.Output, _ labels: [String]) throws {
      folder = try HeadParityTests.folder.get().appending(path: name)
      let card = Card(
        task: .classification, output: output, labels: .list(labels),
        input: Preprocessing(
          height: 16, width: 16, channels: 3, channelOrder: .rgb, mean: [0, 0, 0],
          std: [1, 1, 1], resize: .squash, crop: 1))
      network = try Network(
        program: Program(contentsOf: folder.appending(path: "network.pt2").path), card: card,
        cardPath: "card")
    }

    var input: Tensor { get throws { try array("input") } }

    func array(_ name: String) throws -> Tensor {
      try NumPyFile.tensor(at: folder.appending(path: name + ".npy"))
    }

    func map(_ score: Score, by explainer: some Explainer, of network: Network? = nil) throws
      -> SaliencyMap
    {
      try explainer.maps(of: [score], in: network ?? self.network, at: input).maps[0]
    }

    func cam(_ score: Score, of network: Network? = nil) throws -> Tensor {
      let layer = try self.network.program.layer(named: "second")
      return try map(score, by: GradCAM().at(layer), of: network).atLayer
    }
  }

  // Gradients and sums of a few hundred products in single precision, in another order.
  private static let tolerance: Float = 2e-5

  private func expect(
    _ found: Tensor, _ expected: Tensor, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let largest = try expected.floats().map(abs).max() ?? 0
    try #require(largest > 1e-4, "\(what) shows nothing")
    expectClose(
      try found.floats(), try expected.floats(), within: Self.tolerance * max(largest, 1),
      of: what, sourceLocation: sourceLocation)
  }

  /// Differences of two probabilities, each of which is known to a few units of a float's last place.
  private func expectShares(_ found: Tensor, _ expected: Tensor) throws {
    let values = try expected.floats()
    #expect(values.contains { abs($0) > 1e-4 }, "occlusion shows nothing")
    for (found, expected) in try paired(found.floats(), values) {
      #expect(abs(found - expected) < 5e-7)
    }
  }

  @Test(arguments: [
    ("one-sigmoid", Card.Output.sigmoidProbabilities), ("one-logit", .sigmoidLogits),
    ("one-logit", .logits),
  ])
  func `one sigmoid is explained by its logit, and its absence by the opposite`(
    name: String, output: Card.Output
  ) throws {
    let member = try Member(name, output, ["cat"])
    let y = try member.array("logits").floats()[0]
    let answer = try member.network.prediction(for: member.input)
    let sigmoid = 1 / (1 + exp(-y))
    let cat = try #require(answer.classes.first { $0.index == 0 })
    let rest = try #require(answer.classes.first { $0.index == 1 })
    #expect(cat.label == "cat" && rest.label == "not cat")
    expectClose([cat.logit, rest.logit], [y, -y], within: 1e-5)
    expectClose([cat.probability, rest.probability], [sigmoid, 1 - sigmoid], within: 1e-6)
    let (p, q) = (ClassSet(0), ClassSet(1))
    let cam = try member.array("cam.0")
    try expect(member.cam(.logit(p)), cam, "cat")
    try expect(member.cam(.logOdds(p, against: q)), cam, "cat rather than not")
    try expect(member.cam(.logit(q)), cam * -1, "not cat")
    let both = try member.map(
      .logit(q), by: GradCAM().at(member.network.program.layer(named: "second")))
    #expect(try both.values.floats().contains { $0 > 0 } || cam.floats().allSatisfy { $0 >= 0 })
    let ig = try member.map(.logit(p), by: IntegratedGradients())
    try expect(#require(ig.attribution), member.array("ig.0"), "integrated gradients")
    let hidden = try member.map(
      .probability(p), by: Occlusion(window: 4, stride: 4, baseline: .black))
    try expectShares(hidden.values, member.array("occlusion.0"))
  }

  @Test func `of two labels the second is what the output is high for`() throws {
    let member = try Member("one-sigmoid", .sigmoidProbabilities, ["dog", "cat"])
    let cam = try member.array("cam.0")
    try expect(member.cam(.logit(ClassSet(1))), cam, "cat")
    try expect(member.cam(.logit(ClassSet(0))), cam * -1, "dog")
    let y = try member.array("logits").floats()[0]
    let answer = try member.network.prediction(for: member.input)
    #expect(answer.classes[0].label == (y > 0 ? "cat" : "dog"))
  }

  @Test func `each of several sigmoids is explained by its own logit`() throws {
    let member = try Member("sigmoids", .sigmoidProbabilities, ["cat", "dog", "sofa"])
    let y = try member.array("logits").floats()
    let answer = try member.network.prediction(for: member.input)
    #expect(answer.classes.map(\.logit) == answer.classes.map(\.logit).sorted(by: >))
    for one in answer.classes {
      expectClose([one.logit], [y[one.index]], within: 1e-5)
      expectClose([one.probability], [1 / (1 + exp(-y[one.index]))], within: 1e-6)
    }
    for k in 0..<3 {
      let cam = try member.array("cam.\(k)")
      try expect(member.cam(.logit(ClassSet(k))), cam, "label \(k)")
      try expect(member.cam(.logit(ClassSet(3 + k))), cam * -1, "not label \(k)")
      let ig = try member.map(.logit(ClassSet(k)), by: IntegratedGradients())
      try expect(#require(ig.attribution), member.array("ig.\(k)"), "integrated gradients")
      let hidden = try member.map(
        .probability(ClassSet(k)), by: Occlusion(window: 4, stride: 4, baseline: .black))
      try expectShares(hidden.values, member.array("occlusion.\(k)"))
    }
    let contrast = try member.cam(.logOdds(ClassSet(0), against: ClassSet(1)))
    try expect(contrast, member.array("cam.0") - member.array("cam.1"), "contrast")
  }

  @Test func `a map of classes is explained where it is asked about`() throws {
    let member = try Member("places", .logits, ["sky", "sea", "sand"])
    let weights = (0..<64).map { place -> Float in
      (1...3).contains(place / 8) && (2...5).contains(place % 8) ? 1 : 0
    }
    let asked = try member.network.weighing(places: weights)
    let y = try member.array("logits").floats()
    let answer = try asked.prediction(for: member.input)
    for one in answer.classes { expectClose([one.logit], [y[one.index]], within: 1e-5) }
    for k in 0..<3 {
      try expect(
        member.cam(.logit(ClassSet(k)), of: asked), member.array("cam.\(k)"), "class \(k)")
      let ig = try member.map(.logit(ClassSet(k)), by: IntegratedGradients(), of: asked)
      try expect(#require(ig.attribution), member.array("ig.\(k)"), "integrated gradients")
    }
    let areas = try member.network.prediction(for: member.input).classes.compactMap(\.area)
    #expect(areas.count == 3 && areas == areas.sorted(by: >))
    expectClose([areas.reduce(0, +)], [1], within: 1e-6)
  }

  @Test func `relevance starts with the logit of a sigmoid, and with its opposite`() throws {
    let member = try Member("one-sigmoid", .sigmoidProbabilities, ["cat"])
    for start in [LRP.Start.score, .contrastive] {
      let maps = try LRP(.composite, start: start).maps(
        of: [.logit(ClassSet(0)), .logit(ClassSet(1))], in: member.network, at: member.input
      ).maps
      let (one, other) = (try maps[0].values.floats(), try maps[1].values.floats())
      #expect(one.contains { $0 != 0 } || other.contains { $0 != 0 })
      if start == .score { expectClose(one, other.map { -$0 }, within: 1e-6) }
    }
  }

  @Test func `an embedding is explained by its cosines with references`() throws {
    let member = try Member("embedding", .embedding, [])
    let path = member.folder.appending(path: "references.npz").path
    #expect(throws: NetworkError.noReferences(length: 7)) {
      _ = try member.network.prediction(for: member.input)
    }
    let references = try member.network.references(at: [path])
    #expect(references.map(\.name) == ["far", "near"], "the archive's names, in order")
    let network = try member.network.comparing(with: references.reversed())
    let y = try member.array("logits").floats()
    let answer = try network.prediction(for: member.input)
    #expect(
      answer.classes.isEmpty
        && answer.values.map(\.value)
          == y.sorted(by: >).map { value in
            answer.values.first { abs($0.value - value) < 1e-6 }?.value ?? .nan
          }
    )
    for one in answer.values { expectClose([one.value], [y[one.index]], within: 1e-6) }
    let (near, far) = (ClassSet(0), ClassSet(1))
    for (k, set) in [near, far].enumerated() {
      try expect(member.cam(.logit(set), of: network), member.array("cam.\(k)"), "reference \(k)")
      let ig = try member.map(.logit(set), by: IntegratedGradients(), of: network)
      try expect(#require(ig.attribution), member.array("ig.\(k)"), "integrated gradients")
      let hidden = try member.map(
        .logit(set), by: Occlusion(window: 4, stride: 4, baseline: .black), of: network)
      try expect(hidden.values, member.array("occlusion.\(k)"), "occlusion")
    }
    try expect(
      member.cam(.meanContrast(near, against: far), of: network),
      member.array("cam.0") - member.array("cam.1"), "more like the one than the other")
  }

  /// With its length held, the cosine is linear in the vector, so that relevance is conserved but for biases.
  @Test func `relevance of an embedding starts with the parts of its cosine`() throws {
    let member = try Member("embedding", .embedding, [])
    let path = member.folder.appending(path: "references.npz").path
    let network = try member.network.comparing(
      with: member.network.references(at: [path]).reversed())
    let vector = try network.vector(for: network.input(member.input)).map(Double.init)
    let reference = try #require(try network.references(at: [path]).last).vector.map(Double.init)
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let parts = zip(vector, reference).map { $0 * $1 / length }
    let output = try network.program.output(for: member.input)
    let leaf = try output.leaf()
    let held = try network.relevanceLogits(of: leaf)
    let gradient = try #require(
      try held.select(axis: 1, index: 0).gradients(withRespectTo: [leaf])[0])
    expectClose(try (gradient * output).floats(), parts.map { Float($0) }, within: 1e-6)
    expectClose(
      [Float(parts.reduce(0, +))], [try member.array("logits").floats()[0]], within: 1e-6)
  }
}
