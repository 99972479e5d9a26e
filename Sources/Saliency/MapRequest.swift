public import Networks
public import Tensors
public import Terms

/// What an explainer is asked: which scores of which network at which input, and what it may use.
public struct MapRequest {
  /// The network whose scores are explained.
  public let network: Network
  /// Where they are explained; maps are over its features.
  public let input: Input
  /// Where methods that explain at a layer do so: one layer for all groups of scores, or one for each.
  /// Others take no notice.
  public let layers: [Layer]
  /// The scores in groups, which may depend on what the network answers for the input. It is asked once.
  public let groups: (Prediction) throws -> [[Score]]
  /// What may be used.
  public let resources: Resources
  /// Called after each step; throwing stops the computation.
  public let progress: ProgressHandler
  /// Is offered what has been found so far, by methods that sample; `nil` where nobody listens.
  public let partial: PartialHandler?

  /// Asks.
  public init(
    _ network: Network, at input: Input, layers: [Layer] = [],
    within resources: Resources = Resources(), progress: @escaping ProgressHandler = { _ in },
    partial: PartialHandler? = nil, groups: @escaping (Prediction) throws -> [[Score]]
  ) {
    self.network = network
    self.input = input
    self.layers = layers
    self.groups = groups
    self.resources = resources
    self.progress = progress
    self.partial = partial
  }

  /// All scores, group behind group.
  public func scores(_ prediction: Prediction) throws -> [Score] {
    try groups(prediction).flatMap(\.self)
  }

  /// The layer of all scores.
  ///
  /// - Throws: ``NetworkError/noSpatialLayer`` where there is none; ``NetworkError/notSpatial(_:_:)`` where its
  ///   output is no stack of maps over the picture.
  public func layer() throws(NetworkError) -> Layer {
    guard let layer = layers.first else { throw .noSpatialLayer }
    try layer.checkMaps()
    return layer
  }

  /// All layers, of which there is one at least.
  ///
  /// - Throws: ``NetworkError/noSpatialLayer`` where there is none; ``NetworkError/notSpatial(_:_:)`` where the
  ///   output of one is no stack of maps over the picture.
  public func spatialLayers() throws(NetworkError) -> [Layer] {
    let first = try layer()
    for layer in layers.dropFirst() { try layer.checkMaps() }
    return layers.isEmpty ? [first] : layers
  }

  /// The same of other scores, whose maps are steps on the way to those asked for: nobody is offered them.
  func asking(_ groups: @escaping (Prediction) throws -> [[Score]]) -> MapRequest {
    MapRequest(
      network, at: input, layers: layers, within: resources, progress: progress, groups: groups)
  }

  /// The same at other layers or another input, with other progress.
  func changing(
    layers: [Layer]? = nil, input: Input? = nil, progress: ProgressHandler? = nil
  ) -> MapRequest {
    MapRequest(
      network, at: input ?? self.input, layers: layers ?? self.layers, within: resources,
      progress: progress ?? self.progress, partial: partial, groups: groups)
  }

  /// The same, for a method whose maps are changed once they are found.
  func offering(_ change: @escaping (SaliencyMap) throws -> SaliencyMap) -> MapRequest {
    guard let partial else { return self }
    return MapRequest(
      network, at: input, layers: layers, within: resources, progress: progress,
      partial: { soFar in try partial { try soFar().changing(change) } }, groups: groups)
  }
}

extension Explainer {
  /// Explains scores at an input; see ``maps(for:)``.
  ///
  /// - Parameters:
  ///   - scores: Chosen when the network has answered.
  ///   - layer: Where to explain, for methods that explain at a layer.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Input,
    layer: Layer? = nil, within resources: Resources = Resources(),
    progress: ProgressHandler = { _ in }, partial: PartialHandler? = nil
  ) throws -> Explanation {
    try withoutActuallyEscaping(scores) { scores in
      try withoutActuallyEscaping(progress) { progress in
        try maps(
          for: MapRequest(
            network, at: input, layers: layer.map { [$0] } ?? [], within: resources,
            progress: progress, partial: partial
          ) { [try scores($0)] })
      }
    }
  }

  /// Explains scores at an input; see ``maps(for:)``.
  public func maps(
    of scores: [Score], in network: Network, at input: Input, layer: Layer? = nil,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try maps(
      of: { _ in scores }, in: network, at: input, layer: layer, within: resources,
      progress: progress)
  }

  /// Explains scores at numbers as the network reads them, `[1, …]`; see ``maps(for:)``.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at numbers: Tensor,
    layer: Layer? = nil, within resources: Resources = Resources(),
    progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try maps(
      of: scores, in: network, at: network.input(numbers), layer: layer, within: resources,
      progress: progress)
  }

  /// Explains scores at numbers as the network reads them, `[1, …]`; see ``maps(for:)``.
  public func maps(
    of scores: [Score], in network: Network, at numbers: Tensor, layer: Layer? = nil,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try maps(
      of: { _ in scores }, in: network, at: network.input(numbers), layer: layer,
      within: resources, progress: progress)
  }
}
