import Confusion
import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Contrast

/// Re-derivation: the schemes by plain arrays, from a network whose Grad-CAM is worked out by hand.
@Suite struct SchemeTests {
  static let kernels: [Float] = [1, -2, 0.5, 3]
  static let biases: [Float] = [0.1, 1, 0, -1.2]
  static let head: [[Float]] = [
    [1, 2, -1, 0.5], [0.5, -1, 3, 1], [2, 0, 1, -1], [-1, 1, 2, 0.3], [0.2, 1.5, -2, 1],
  ]
  static let input: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]
  static let groups = [[1, 3], [0, 2], [4]]

  static func network() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(kernels: kernels, biases: biases, head: head))
  }

  func answer(_ plan: WholeOutputPlan, _ groups: [[Int]] = groups) throws -> WholeAnswer {
    let network = try Self.network()
    let explainer = try GradCAM().at(network.program.layer(named: "relu"))
    return try StageExplainers(explainer).answer(
      about: network, at: Tensor(Self.input, shape: [1, 1, 2, 3]), by: plan
    ) { _ in .init(groups: groups) }
  }

  /// Grad-CAM of `z_C` at the rectifier: ReLU[Σₖ αₖ Aₖ], αₖ = Σ_{c∈C} (p_c/p_C) W_ck / 6; raw without that ReLU.
  static func cam(_ classes: [Int], raw: Bool = false) -> [Float] {
    let activations = zip(kernels, biases).map { k, b in input.map { max(0, k * $0 + b) } }
    let means = activations.map { $0.reduce(0, +) / 6 }
    let logits = head.map { row in zip(row, means).map(*).reduce(0, +) }
    let odds = classes.map { exp(logits[$0]) }
    let shares = odds.map { $0 / odds.reduce(0, +) }
    let alpha = kernels.indices.map { k in
      zip(classes, shares).map { head[$0][k] * $1 }.reduce(0, +) / 6
    }
    return input.indices.map { i in
      max(
        raw ? -.infinity : 0, kernels.indices.map { alpha[$0] * activations[$0][i] }.reduce(0, +))
    }
  }

  /// Equation 1 and the difference in equation 2, compound or pairwise, of maps behind their ReLU or before it.
  static func against(_ own: [Int], _ others: [[Int]], by contrast: Contrast) -> [Float] {
    if others.isEmpty { return cam(own) }
    let fact = cam(own, raw: contrast.isRaw)
    if !contrast.isByParts {
      return zip(fact, cam(others.flatMap(\.self), raw: contrast.isRaw)).map { max(0, $0 - $1) }
    }
    return fact.indices.map { i in
      max(
        0,
        Float(others.count) * fact[i]
          - others.map { cam($0, raw: contrast.isRaw)[i] }.reduce(0, +))
    }
  }

  /// supp(H, ε).
  static func support(_ map: [Float], _ rule: Support) -> [Float] {
    let sorted = map.sorted()
    let threshold: Float
    switch rule {
    case .percentile(let percent):
      // Of six values the percentile p lies at place 5 p / 100, between neighbours linearly.
      let place = 5 * percent / 100
      let low = Int(place)
      let high = min(low + 1, 5)
      threshold = sorted[low] + (place - Float(low)) * (sorted[high] - sorted[low])
    case .rangeFraction(let part): threshold = sorted[0] + part * (sorted[5] - sorted[0])
    }
    return map.map { $0 > threshold ? 1 : 0 }
  }

  @Test(
    arguments: [Contrast.outside, .pairwise, .outsideRaw, .pairwiseRaw],
    [
      Support.percentile(0), .percentile(50), .percentile(37), .rangeFraction(0),
      .rangeFraction(0.6),
    ])
  func `CWOX-2s is equations 1 and 2`(contrast: Contrast, support: Support) throws {
    let found = try answer(WholeOutputPlan(contrast: contrast, support: support))
    #expect(found.clusters.map(\.classes) == Self.groups)
    for (place, cluster) in found.clusters.enumerated() {
      let group = Self.groups[place]
      let others = Self.groups.filter { $0 != group }
      let evidence = Self.against(group, others, by: contrast)
      // Single precision on either side.
      expectClose(
        try #require(cluster.evidence).map.values.floats(), evidence, within: 1e-5,
        of: "equation 1")
      let kept = Self.support(evidence, support)
      for (label, member) in try paired(group, cluster.members) {
        let rest = group.filter { $0 != label }.map { [$0] }
        let map = Self.against([label], rest, by: contrast)
        expectClose(
          try member.map.values.floats(), zip(map, kept).map(*), within: 1e-5, of: "equation 2")
      }
    }
    #expect(found.clusters[2].members[0].inquiry.question == .why(ClassSet(4)))
  }

  @Test func `the toy's maps of both stages are not zero, so that the equations are tested`() throws
  {
    var kept = 0
    for group in Self.groups {
      let others = Self.groups.filter { $0 != group }
      let evidence = Self.against(group, others, by: .outside)
      let support = Self.support(evidence, .percentile(0))
      for label in group {
        let rest = group.filter { $0 != label }.map { [$0] }
        let map = Self.against([label], rest, by: .outside)
        if zip(map, support).contains(where: { $0 * $1 > 0 }) { kept += 1 }
      }
    }
    #expect(kept >= 3, "only \(kept) of five classes have a map inside their support")
  }

  @Test func `one cluster has its own map, and its classes are set against each other`() throws {
    let all = [[1, 3, 0]]
    let found = try answer(WholeOutputPlan(support: .percentile(50)), all)
    let evidence = Self.cam([1, 3, 0])
    expectClose(
      try #require(found.clusters[0].evidence).map.values.floats(), evidence, within: 1e-5)
    let kept = Self.support(evidence, .percentile(50))
    for (label, member) in try paired(all[0], found.clusters[0].members) {
      let rest = all[0].filter { $0 != label }
      let map = zip(Self.cam([label]), Self.cam(rest)).map { max(0, $0 - $1) }
      expectClose(try member.map.values.floats(), zip(map, kept).map(*), within: 1e-5)
    }
  }

  @Test func `SWOX, CWOX-1sA and CWOX-1sB set each class against all others or none`() throws {
    let classes = Self.groups.flatMap(\.self)
    func members(_ scheme: Scheme) throws -> [[Float]] {
      let found = try answer(WholeOutputPlan(scheme: scheme))
      #expect(found.clusters.allSatisfy { $0.evidence == nil })
      return try found.clusters.flatMap(\.members).map { try $0.map.values.floats() }
    }
    let (swox, oneA, oneB) = try (members(.swox), members(.cwox1sA), members(.cwox1sB))
    for (place, label) in classes.enumerated() {
      let own = Self.cam([label])
      let rest = Self.cam(classes.filter { $0 != label })
      let (low, high) = (rest.min() ?? 0, rest.max() ?? 0)
      expectClose(swox[place], own, within: 1e-5)
      expectClose(oneA[place], zip(own, rest).map { max(0, $0 - $1) }, within: 1e-5)
      expectClose(
        oneB[place], zip(own, rest).map { $0 * (1 - ($1 - low) / (high - low)) }, within: 1e-5)
    }
  }

  @Test func `contrast inside answers the stages by log-odds`() throws {
    let found = try answer(WholeOutputPlan(contrast: .inside))
    let evidence = try #require(found.clusters[0].evidence)
    #expect(
      evidence.inquiry.scores == [
        .logOdds(try #require(ClassSet([1, 3])), against: try #require(ClassSet([0, 2, 4])))
      ])
    #expect(found.clusters[2].members[0].inquiry.scores == [.logit(ClassSet(4))])
  }

  @Test(arguments: ["percentile:50", "percentile:37.5", "range:0.2", "range:0"])
  func `a support is read as it is written`(text: String) throws {
    #expect(try #require(Support(text)).description == text)
  }

  @Test func `usual supports are known by the names of the menu`() {
    let usual =
      ["mwp": 60, "contrastive-mwp": 60, "rise": 70, "lime": 85, "grad-cam": 50] as [String: Float]
    for (name, percent) in usual {
      #expect(ExplainerMenu.entries.contains { $0.name == name })
      #expect(Support.default(for: name) == .percentile(percent))
    }
  }

  @Test(arguments: ["50", "percentile", "percentile:101", "range:1.5", "range:x", "half:0.5", ""])
  func `what is no support is refused`(text: String) {
    #expect(Support(text) == nil)
  }
}

/// Invariance: stages that share their passes give what each gives alone.
@Suite struct SharedStageTests {
  @Test func `Grad-CAM at two layers together is Grad-CAM at each`() throws {
    try check { try GradCAM().at($0) }
  }

  @Test func `a whole answer by Grad-CAM at two layers is one forward pass and one walk`() throws {
    let network = try SchemeTests.network()
    let layers = try ["relu", "conv"].map { try network.program.layer(named: $0) }
    var updates: [ProgressUpdate] = []
    // Grad-CAM tells of each pass; two explainers one after the other would tell of two.
    _ = try StageExplainers(clusters: GradCAM().at(layers[0]), classes: GradCAM().at(layers[1]))
      .answer(
        about: network, at: Tensor(SchemeTests.input, shape: [1, 1, 2, 3]), by: WholeOutputPlan(),
        progress: { updates.append($0) }
      ) { _ in .init(groups: SchemeTests.groups) }
    #expect(updates == [ProgressUpdate(completed: 1, total: 1)])
  }

  @Test func `MWP at two layers together is MWP at each`() throws {
    try check { try MWP().at($0) }
  }

  @Test func `other pairs answer one after the other and report progress once`() throws {
    let network = try SchemeTests.network()
    let input = try Tensor(SchemeTests.input, shape: [1, 1, 2, 3])
    let other: [Score] = [.logit(ClassSet(1))]
    let cam = try GradCAM().at(network.program.layer(named: "relu"))
    var updates: [ProgressUpdate] = []
    let found = try StageExplainers(clusters: cam, classes: InputGradient()).stages(
      in: network, at: network.input(input), within: Resources(),
      progress: { updates.append($0) }
    ) { _ in ([.logit(ClassSet(0))], other) }
    expectClose(
      try found.classes.maps[0].values.floats(),
      try InputGradient().maps(of: other, in: network, at: input).maps[0].values.floats(),
      within: 0)
    #expect(updates.filter { $0.completed == $0.total }.count == 1)
    #expect(updates.last.map { $0.completed == $0.total } == true)
  }

  @Test func `layers of two branches are explained each for itself`() throws {
    var builder = ProgramBuilder(inputShape: [1, 2, 3])
    func branch(_ name: String, _ weights: [Float]) throws -> ProgramBuilder.Reference {
      let convolved = builder.call(
        "conv2d", in: name, type: "Conv2d",
        [
          ("input", .value(builder.input)),
          ("weight", .weight("weight", try Tensor(weights, shape: [2, 1, 1, 1]))),
        ], shape: [2, 2, 3])
      return builder.call(
        "relu", in: name + "relu", type: "ReLU", [("self", .value(convolved))], shape: [2, 2, 3])
    }
    let (left, right) = (try branch("left", [1, 2]), try branch("right", [3, 0.5]))
    let sum = builder.call(
      "add.Tensor", in: "sum", type: "Add", [("self", .value(left)), ("other", .value(right))],
      shape: [2, 2, 3])
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(sum)), ("dim", .ints([2, 3]))],
      shape: [2])
    let network = try ToyNetworks.network(builder.program(output: mean))
    for make in [{ try GradCAM().at($0) }, { try MWP().at($0) }]
      as [(Layer) throws -> any Explainer]
    {
      try check(make, network, ["leftrelu", "rightrelu"])
    }
  }

  private func check(_ make: (Layer) throws -> any Explainer) throws {
    try check(make, SchemeTests.network(), ["relu", "conv"])
  }

  private func check(
    _ make: (Layer) throws -> any Explainer, _ network: Network, _ names: [String]
  ) throws {
    let input = try Tensor(SchemeTests.input, shape: [1, 1, 2, 3])
    let count = network.classCount
    let layers = try names.map { try network.program.layer(named: $0) }
    let own: [Score] = [.logit(ClassSet(0)), .logit(try #require(ClassSet([0, 1])))]
    let other: [Score] = [
      .logit(ClassSet(count - 1)), .logit(ClassSet(0)), .logit(ClassSet(1)),
    ]
    for order in [layers, layers.reversed()] {
      let (first, second) = try (make(order[0]), make(order[1]))
      let shared = try StageExplainers(clusters: first, classes: second).stages(
        in: network, at: network.input(input), within: Resources(), progress: { _ in }
      ) { _ in (own, other) }
      let alone = try (
        first.maps(of: own, in: network, at: input), second.maps(of: other, in: network, at: input)
      )
      for (mine, theirs) in [(shared.clusters, alone.0), (shared.classes, alone.1)] {
        #expect(mine.maps.count == theirs.maps.count)
        expectClose(mine.scores, theirs.scores, within: 1e-6)
        for (a, b) in try paired(mine.maps, theirs.maps) {
          // The same sums in another order.
          expectClose(try a.values.floats(), try b.values.floats(), within: 1e-6)
          expectClose(try a.atLayer.floats(), try b.atLayer.floats(), within: 1e-6)
        }
      }
    }
  }
}
