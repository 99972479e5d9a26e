public import Networks
public import Tensors
public import Terms

/// What an explainer found for one score; raw values, never normalised.
public struct SaliencyMap: Sendable {
  /// The map: a number a feature, in the features' shape, `[H, W]` for pixels.
  public let values: Tensor
  /// What the map is over.
  public let features: Features
  /// The signed map where it was made, before any ReLU or resizing: `[h, w]` of the layer, or
  /// the features' shape.
  public let atLayer: Tensor
  /// What becomes of negative values on the way from ``atLayer`` to ``values``.
  public let rectification: Rectification
  /// The signed attribution of each number of the input, `[C, H, W]` for pixels; `nil` where the method makes
  /// none, as one at a layer does not.
  public let attribution: Tensor?
  /// The value of a place that does not matter, before any ReLU: 0, but for a map of mean scores the
  /// mean score.
  public let neutral: Float
  /// Where the map was kept, 1 inside and 0 outside, in the features' shape; `nil` for everywhere. ``values`` and
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
    /// The root mean square over features of the map's standard error, as a fraction of the map's
    /// largest magnitude.
    case standardError
    /// Segments that the input was cut into.
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
  ///
  /// - Parameter features: What the map is over; without them pixels for a map of two axes, and else columns.
  public init(
    values: Tensor, atLayer: Tensor, rectification: Rectification, neutral: Float = 0,
    over features: Features? = nil, measurements: [Measurement: Float] = [:]
  ) {
    self.values = values
    self.features = features ?? Features(ofMap: values.shape)
    self.atLayer = atLayer
    self.rectification = rectification
    self.neutral = neutral
    attribution = nil
    support = nil
    self.measurements = measurements
  }

  /// Makes a map of an attribution, whose channels are reduced.
  ///
  /// - Parameters:
  ///   - attribution: A number for each of one input, `[C, H, W]` for pixels.
  ///   - features: What the map is over; without them the pixels of an attribution of three axes, and else
  ///     columns.
  public init(
    attribution: Tensor, over features: Features? = nil,
    reducedBy reduction: ChannelReduction = .sum, measurements: [Measurement: Float] = [:]
  ) throws(TensorError) {
    let shape = attribution.shape
    let features = features ?? Features(ofMap: shape.count == 3 ? Array(shape.dropFirst()) : shape)
    values = try features.reduced(attribution, by: reduction.callAsFunction)
    self.features = features
    atLayer = values
    rectification = .none
    neutral = 0
    self.attribution = attribution
    support = nil
    self.measurements = measurements
  }

  init(
    values: Tensor, atLayer: Tensor, rectification: Rectification, neutral: Float,
    features: Features, attribution: Tensor?, support: Tensor? = nil,
    measurements: [Measurement: Float] = [:]
  ) {
    self.values = values
    self.features = features
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
      rectification: rectification, neutral: neutral, features: features,
      attribution: try attribution.map { tensor throws(TensorError) in try tensor * 0 },
      support: support, measurements: kept)
  }
}

/// How the channels of an attribution become one number a feature.
public enum ChannelReduction: String, Sendable, Codable, CaseIterable {
  /// Their sum; completeness holds for it.
  case sum
  /// Their mean.
  case mean
  /// The largest magnitude (Simonyan et al. 2013).
  case maxAbs = "max-abs"
  /// The root of the sum of squares.
  case l2

  /// Makes one number of those along an axis, by default the first of `[C, H, W]`.
  public func callAsFunction(
    _ attribution: Tensor, _ axis: Int = 0
  ) throws(TensorError) -> Tensor {
    switch self {
    case .sum: try attribution.sum(axes: [axis])
    case .mean: try attribution.mean(axes: [axis])
    case .maxAbs: try attribution.magnitudes().maximum(axes: [axis])
    case .l2: try attribution.squared().sum(axes: [axis]).squareRoots()
    }
  }
}

/// An explainer whose attributions are reduced over channels in another way than by their sum.
///
/// Maps that have no attribution stay as they are.
public struct Reduced: Explainer {
  /// The explainer whose attributions are reduced.
  public let base: any Explainer
  /// How its channels are reduced.
  public let reduction: ChannelReduction

  /// Joins an explainer and a reduction.
  public init(_ base: any Explainer, by reduction: ChannelReduction) {
    self.base = base
    self.reduction = reduction
  }

  /// What the menu calls the base.
  public var menuName: String { base.menuName }

  /// The base's settings, and the reduction.
  public var settingValues: [String: SettingValue] {
    base.settingValues.merging(["reduce": .text(reduction.rawValue)]) { _, own in own }
  }

  /// The base's maps, reduced; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    let change = { (map: SaliencyMap) throws in
      guard let attribution = map.attribution else { return map }
      return try SaliencyMap(
        attribution: attribution, over: map.features, reducedBy: reduction,
        measurements: map.measurements)
    }
    return try base.maps(for: request.offering(change)).changing(change)
  }
}
