import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// What holds for every explainer on the menu, on a toy network: equal seeds give equal bytes, and
/// neither memory nor device nor the company of other scores changes a map.
@Suite struct MenuInvarianceTests {
  /// Settings that make the slow ones quick.
  static let quick = [
    "integrated-gradients": "steps=5", "guided-ig": "steps=5", "blur-ig": "steps=5",
    "xrai": "steps=5,segmentation=grid,segments=12,scales=3,margin=1,smallest=2",
    "noise-tunnel": "samples=5", "gradient-shap": "samples=6",
    "rise": "masks=24,cells=3", "lime": "samples=40,segmentation=grid,segments=6",
    "kernel-shap": "samples=40,segmentation=grid,segments=6",
    "pda": "samples=3,window=3,stride=2", "occlusion": "window=3,stride=2",
  ]

  static let scores: [Score] = [
    .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(2)), .probability(ClassSet(0)),
    .logit(ClassSet(0)),
  ]

  /// What a method can be asked at once: one that knows no classes cannot tell them apart.
  static func scores(for name: String, among scores: [Score] = scores) throws -> [Score] {
    try ExplainerMenu.entry(named: name).knowsClasses ? scores : [.logit(ClassSet(0))]
  }

  /// Methods that explain what a transformer's tokens look at.
  static let ofAttention: Set = ["attention-rollout", "gradient-rollout", "legrad", "cdam"]

  /// The names of all others, which explain any network with maps.
  static let ofMaps = ExplainerMenu.entries.map(\.name).filter { !ofAttention.contains($0) }

  func network(_ name: String) throws -> Network {
    if Self.ofAttention.contains(name) {
      return try ToyNetworks.network(ToyNetworks.transformer())
    }
    return try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, -0.2],
        head: [[1, 2, -1], [-1, 0.5, 3], [0.2, 1, 1]], height: 9, width: 8))
  }

  func picture(_ name: String = "") throws -> Tensor {
    let shape = Self.ofAttention.contains(name) ? [1, 1, 4, 6] : [1, 1, 9, 8]
    let numbers = (0..<shape[2] * shape[3]).map { (i: Int) -> Float in Float(i * 37 % 23) / 23 }
    return try Tensor(numbers, shape: shape)
  }

  func explainer(_ name: String, _ network: Network) throws -> any Explainer {
    let entry = try ExplainerMenu.entry(named: name)
    let layer = entry.layerUse == .always ? try network.program.layer(named: "relu") : nil
    return try entry.explainer(
      entry.values(Self.quick[name] ?? ""), .init(network: network, seed: 3)
    ).at(layer)
  }

  @Test(arguments: ExplainerMenu.entries.map(\.name))
  func `equal seeds give equal bytes, and the network stays what it was`(name: String) throws {
    let (network, input) = (try network(name), try picture(name))
    let before = try network.program.output(for: input).floats()
    let runs = try (0..<2).map { _ in
      try explainer(name, network).maps(of: Self.scores(for: name), in: network, at: input)
    }
    for (a, b) in try paired(runs[0].maps, runs[1].maps) {
      #expect(try a.values.bytes() == b.values.bytes())
      #expect(a.values.shape == Array(input.shape.dropFirst(2)) && a.measurements == b.measurements)
    }
    #expect(try network.program.output(for: input).floats() == before)
    #expect(try picture(name).floats() == input.floats())
  }

  @Test(arguments: ExplainerMenu.entries.map(\.name))
  func `a small memory and the company of other scores change nothing`(name: String) throws {
    let (network, input) = (try network(name), try picture(name))
    let explainer = try explainer(name, network)
    let scores = try Self.scores(for: name)
    let together = try explainer.maps(of: scores, in: network, at: input)
    let small = try explainer.maps(
      of: scores, in: network, at: input, within: Resources(memory: 1 << 14))
    for (i, score) in scores.enumerated() {
      // Sums of floats in batches of another length.
      try expectClose(
        small.maps[i].values, together.maps[i].values, within: 1e-5, of: "\(name) \(score)")
      let alone = try explainer.maps(of: [score], in: network, at: input)
      try expectClose(
        alone.maps[0].values, together.maps[i].values, within: 1e-5, of: "\(name) \(score)")
      #expect(abs(alone.scores[0] - together.scores[i]) < 1e-5)
    }
  }

  @Test(arguments: ExplainerMenu.entries.map(\.name))
  func `progress ends when all is done, and an error in it stops the work`(name: String) throws {
    struct Stop: Error {}
    let (network, input) = (try network(name), try picture(name))
    let explainer = try explainer(name, network)
    var last: ProgressUpdate?
    let scores = try Self.scores(for: name)
    _ = try explainer.maps(of: scores, in: network, at: input) { last = $0 }
    let update = try #require(last)
    #expect(update.completed == update.total && update.total > 0, "\(update)")
    #expect(throws: Stop.self) {
      try explainer.maps(of: scores, in: network, at: input) { _ in throw Stop() }
    }
  }

  @Test(
    .enabled(if: Device.available.count > 1, "there is no other device than the processor"),
    arguments: ExplainerMenu.entries.map(\.name))
  func `every device that is there gives the processor's maps`(name: String) throws {
    let (network, input) = (try network(name), try picture(name))
    let scores = try Self.scores(for: name)
    let expected = try explainer(name, network).maps(of: scores, in: network, at: input)
    for device in Device.available where device != .cpu {
      let moved = try network.on(device)
      let found = try explainer(name, moved).maps(
        of: scores, in: moved, at: input.on(device))
      for (a, b) in try paired(found.maps, expected.maps) {
        // Other kernels add in another order, and convolutions on cards round to 19 bits.
        try expectClose(
          a.values.on(.cpu), b.values, within: 1e-3, of: "\(device)")
      }
    }
  }
}
