public import Networks
internal import Tensors

/// Score-CAM: the channels of a layer, weighted by the score of the picture seen through each.
///
///     Mₖ = (U(Aₖ) − min U(Aₖ)) / (max U(Aₖ) − min U(Aₖ))
///     wₖ = softmax over k of s(x ⊙ Mₖ)
///     L  = max(0, Σₖ wₖ Aₖ)
///
/// with U bilinear enlargement (corners not aligned) to the features. [Wang et al. 2020], section 3. The paper subtracts
/// the score of a blank picture first; so does torch-cam. A softmax does not notice what is subtracted from all alike, so
/// nothing changes. The authors' code takes no softmax, but the class's probability itself: `weights=scores` with a score of
/// probability. pytorch-grad-cam enlarges masks with aligned corners. A channel that is the same everywhere hides all.
///
/// What is hidden is 0 as the network takes it, the mean colour of most cards.
///
/// - Contrast: channels count by the odds `exp(z_P − z_Q)` of what is seen through them. Weights are positive,
///   so the map shows where P's channels are, more than Q's, and behind a rectifier nowhere what speaks for Q: ask for that
///   by the reverse question. It is not the difference of two maps. With logits of tens, the softmax lets one channel win;
///   with probabilities it hardly tells channels apart.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged like the masks, after the rectification.
/// - Range: that of the layer's numbers for the softmax; times the score for `scores`.
/// - Randomness: none.
/// - Complexity: a forward pass for each channel that is not the same everywhere, by the prepared program.
///
/// [Wang et al. 2020]: https://arxiv.org/abs/1910.01279
public struct ScoreCAM: Explainer {
  /// How scores become weights.
  public enum Weighting: String, Sendable, CaseIterable {
    /// By a softmax over the channels, as the paper has it.
    case softmax
    /// As they are, as the authors' code does with probabilities.
    case scores
  }

  /// How scores become weights.
  public var weighting: Weighting
  /// The most masks a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision

  /// Chooses the settings.
  public init(
    weighting: Weighting = .softmax, batch: Int? = nil,
    precision: PreparedProgram.Precision = .single
  ) {
    self.weighting = weighting
    self.batch = batch
    self.precision = precision
  }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let layer = try request.layer()
    let (input, features) = (request.input.tensor, request.input.features)
    let activation = try request.network.program.run(upTo: layer, input: input).activation
    let channels = try layer.stacked(activation).converted(to: .float32).select(axis: 0, index: 0)
    let masks = try ChannelMasks(of: channels, over: features)
    var runner = try SampleRunner(
      for: request, samples: masks.count, bytesPerSample: 2 * 4 * features.count,
      largestBatch: batch, precision: precision)
    var found: [Tensor] = []
    func maps(_ known: Int) throws -> [SaliencyMap] {
      let places = masks.places.map { min($0, known - 1) }
      let hidden = masks.places.map { $0 < known ? 0 : -Float.infinity }
      var weights = try Tensor.concatenated(found, axis: 1).converted(to: .float32)
        .gather(axis: 1, places)
      let unknown = try Tensor(hidden, shape: [1, places.count]).on(input.device)
      switch weighting {
      case .softmax: weights = try (weights + unknown).softmax(axis: 1)
      case .scores: weights = try weights * unknown.exp()
      }
      let shape = channels.shape
      let sum = try weights.matrixProduct(channels.reshaped([shape[0], -1]))
      return try request.rectifiedMaps(
        sum.reshaped([weights.shape[0]] + shape.dropFirst()), [.samples: Float(known)])
    }
    try runner.run(0..<masks.count) { range in
      try input * features.spread(masks.masks(range).converted(to: input.elementType ?? .float32))
    } consume: { _, scores in
      found.append(scores)
    } soFar: {
      try maps($0)
    }
    return try runner.explanation(maps(masks.count))
  }
}

/// Masks that channels make of a picture: 0 where a channel is lowest, 1 where it is highest.
private struct ChannelMasks {
  /// For each channel which mask is its own; those that are the same everywhere share one that hides all.
  let places: [Int]
  /// How many masks there are.
  let count: Int
  private let channels: Tensor
  private let varying: [Int]
  private let features: Features

  init(of channels: Tensor, over features: Features) throws {
    self.channels = channels
    self.features = features
    let highest = try channels.maximum(axes: [1, 2]).floats()
    let lowest = try (channels * -1).maximum(axes: [1, 2]).floats().map { -$0 }
    let varying = highest.indices.filter { highest[$0] > lowest[$0] }
    let rank = Dictionary(uniqueKeysWithValues: varying.enumerated().map { ($1, $0) })
    places = highest.indices.map { rank[$0] ?? varying.count }
    count = varying.count + (varying.count < highest.count ? 1 : 0)
    self.varying = varying
  }

  /// Some masks, `[n]` + the features' shape.
  func masks(_ range: Range<Int>) throws -> Tensor {
    let own = range.clamped(to: 0..<varying.count)
    let blanks = range.count - own.count
    var parts: [Tensor] = []
    if !own.isEmpty {
      let large = try features.carried(channels.gather(axis: 0, own.map { varying[$0] }))
      let axes = Array(1..<large.rank)
      func column(_ values: Tensor) throws -> Tensor {
        try values.reshaped([own.count] + axes.map { _ in 1 })
      }
      let lowest = try column((large * -1).maximum(axes: axes)) * -1
      let highest = try column(large.maximum(axes: axes))
      parts.append(try (large - lowest) / (highest - lowest))
    }
    if blanks > 0 {
      let blank = [Float](repeating: 0, count: blanks * features.count)
      parts.append(try Tensor(blank, shape: [blanks] + features.shape).on(channels.device))
    }
    return try Tensor.concatenated(parts)
  }
}

extension ScoreCAM: MenuMethod {
  static let table: [MethodSetting<ScoreCAM>] =
    [
      .choice(
        "weights", \.weighting,
        "how scores weight channels: by a softmax over them (the paper), or as they are (its code)")
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Score-CAM on the menu.
  static let entry = ExplainerEntry(
    ScoreCAM(), named: "score-cam", title: "Score-CAM",
    summary: "a layer's channels, weighted by the score of the picture seen through each",
    source: "Wang et al. 2020", layerUse: .always, asksOften: true)
}
