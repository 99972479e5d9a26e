public import Networks
public import Tensors
public import Terms

/// What an explainer found for one score; raw values, never normalised.
public struct SaliencyMap: Sendable {
  /// The map at the input's resolution, `[H, W]`.
  public let values: Tensor
  /// The signed map where it was made, before any ReLU or resizing: `[h, w]` of the layer, or
  /// `[H, W]` of the input.
  public let atLayer: Tensor
  /// What becomes of negative values on the way from ``atLayer`` to ``values``.
  public let rectification: Rectification
  /// The signed attribution of each number of the input, `[C, H, W]`; `nil` where the method makes
  /// none, as one at a layer does not.
  public let attribution: Tensor?
  /// The value of a place that does not matter, before any ReLU: 0, but for a map of mean scores the
  /// mean score.
  public let neutral: Float
  /// Where the map was kept, 1 inside and 0 outside, `[H, W]`; `nil` for everywhere. ``values`` and
  /// ``attribution`` are 0 outside, ``atLayer`` is what it was.
  public let support: Tensor?
  /// What the method knows of its own error and effort.
  public let measurements: [Measurement: Float]

  /// What becomes of negative values.
  public enum Rectification: String, Sendable, Codable {
    /// They stay.
    case none
    /// They become 0.
    case relu
  }

  /// A number that a method reports about a map.
  public enum Measurement: String, Sendable, Codable, CaseIterable {
    /// `Σ attribution − (s(x) − s(x′))`, which is 0 for an exact integral.
    case completenessError
    /// `s(x) − s(x′)`, what a complete attribution sums to.
    case scoreDifference
    /// Points of the path that gradients were taken at.
    case steps
    /// Samples that were drawn.
    case samples
    /// The root mean square over pixels of the map's standard error, as a fraction of the map's
    /// largest magnitude.
    case standardError
    /// Superpixels that the picture was cut into.
    case segments
    /// The weighted coefficient of determination R² of a fit.
    case determination
    /// What the relevance at the input sums to.
    case relevanceSum
    /// What rounding alone moves the score by; given where nothing that the method tried moved it by
    /// more, so that the map was made neutral everywhere.
    case rounding
  }

  /// Makes a map of a layer, or one that has no channels.
  public init(
    values: Tensor, atLayer: Tensor, rectification: Rectification, neutral: Float = 0,
    measurements: [Measurement: Float] = [:]
  ) {
    self.values = values
    self.atLayer = atLayer
    self.rectification = rectification
    self.neutral = neutral
    attribution = nil
    support = nil
    self.measurements = measurements
  }

  /// Makes a map of an attribution `[C, H, W]`, whose channels are reduced.
  public init(
    attribution: Tensor, reducedBy reduction: ChannelReduction = .sum,
    measurements: [Measurement: Float] = [:]
  ) throws(TensorError) {
    values = try reduction(attribution)
    atLayer = values
    rectification = .none
    neutral = 0
    self.attribution = attribution
    support = nil
    self.measurements = measurements
  }

  init(
    values: Tensor, atLayer: Tensor, rectification: Rectification, neutral: Float,
    attribution: Tensor?, support: Tensor? = nil, measurements: [Measurement: Float] = [:]
  ) {
    self.values = values
    self.atLayer = atLayer
    self.rectification = rectification
    self.neutral = neutral
    self.attribution = attribution
    self.support = support
    self.measurements = measurements
  }
}

extension SaliencyMap {
  /// The map of a score that nothing moved by more than rounding does: neutral everywhere, for what was
  /// found is noise.
  public func silenced(rounding: Float) throws(TensorError) -> SaliencyMap {
    // A fit of noise explains nothing, and its error says nothing.
    var kept = measurements.filter { [.samples, .segments].contains($0.key) }
    kept[.rounding] = rounding
    return SaliencyMap(
      values: try values * 0 + neutral, atLayer: try atLayer * 0 + neutral,
      rectification: rectification, neutral: neutral,
      attribution: try attribution.map { tensor throws(TensorError) in try tensor * 0 },
      support: support, measurements: kept)
  }
}

/// How the channels of an attribution become one number a pixel.
public enum ChannelReduction: String, Sendable, Codable, CaseIterable {
  /// Their sum; completeness holds for it.
  case sum
  /// Their mean.
  case mean
  /// The largest magnitude (Simonyan et al. 2013).
  case maxAbs = "max-abs"
  /// The root of the sum of squares.
  case l2

  /// Reduces `[C, H, W]` to `[H, W]`.
  public func callAsFunction(_ attribution: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .sum: try attribution.sum(axes: [0])
    case .mean: try attribution.mean(axes: [0])
    case .maxAbs: try attribution.magnitudes().maximum(axes: [0])
    case .l2: try attribution.squared().sum(axes: [0]).squareRoots()
    }
  }
}

/// An explainer whose attributions are reduced over channels in another way than by their sum.
///
/// Maps that have no attribution stay as they are.
public struct Reduced: Explainer {
  /// The explainer.
  public let base: any Explainer
  /// How its channels are reduced.
  public let reduction: ChannelReduction

  /// Joins an explainer and a reduction.
  public init(_ base: any Explainer, by reduction: ChannelReduction) {
    self.base = base
    self.reduction = reduction
  }

  /// The base's maps, reduced; see the type.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    within resources: Resources, progress: ProgressHandler
  ) throws -> Explanation {
    try base.maps(of: scores, in: network, at: input, within: resources, progress: progress)
      .changing { map in
        guard let attribution = map.attribution else { return map }
        return try SaliencyMap(
          attribution: attribution, reducedBy: reduction, measurements: map.measurements)
      }
  }
}
