internal import Networks
public import Tensors

extension SaliencyMap {
  /// What one map has more than others: `ReLU[n·H − Σ Hᵢ]` for n others, and the same before that
  /// ReLU.
  ///
  /// - Parameter raw: Whether the maps are taken before any ReLU of their own.
  public func less(
    _ others: [SaliencyMap], raw: Bool = false
  ) throws(TensorError) -> SaliencyMap {
    let count = Float(others.count)
    func difference(
      _ part: (SaliencyMap) throws(TensorError) -> Tensor
    ) throws(TensorError) -> Tensor {
      var sum = try others.count == 1 ? part(self) : part(self) * count
      for other in others { sum = try sum - part(other) }
      return sum
    }
    let attributions = others.compactMap(\.attribution)
    return SaliencyMap(
      values: try difference { map throws(TensorError) in
        raw ? try map.rawValues : map.values
      }.relu(),
      atLayer: try difference { map throws(TensorError) in
        raw ? map.atLayer : try map.rectifiedAtLayer
      },
      rectification: .relu,
      neutral: count * neutral - others.map(\.neutral).reduce(0, +), features: features,
      attribution: attribution == nil || attributions.count < others.count
        ? nil : try difference { map in map.attribution ?? map.values },
      measurements: Self.rounding(of: [self] + others))
  }

  /// What is left of maps that are rounding noise, all of them, is too.
  private static func rounding(of maps: [SaliencyMap]) -> [Measurement: Float] {
    let found = maps.compactMap { $0.measurements[.rounding] }
    return found.count == maps.count ? [.rounding: found.reduce(0, +)] : [:]
  }

  /// The map where another has little: `H ⊙ (1 − norm H′)`, with norm H′ the other's values brought
  /// to 0…1 by its least and largest; of a map that is one number everywhere the norm is 0.
  public func whereLow(_ other: SaliencyMap) throws(TensorError) -> SaliencyMap {
    let range = try other.values.extremes()
    let (low, high) = (range.lowerBound, range.upperBound)
    func damped(_ own: Tensor, _ rival: Tensor) throws(TensorError) -> Tensor {
      guard high > low else { return own }
      return try own * ((rival - low) * (-1 / (high - low)) + 1)
    }
    let rest = high > low ? (high - other.neutral) / (high - low) : 1
    return SaliencyMap(
      values: try damped(values, other.values),
      atLayer: try damped(rectifiedAtLayer, other.rectifiedAtLayer), rectification: .none,
      neutral: neutral * rest, features: features, attribution: nil,
      measurements: Self.rounding(of: [self]))
  }

  /// The map inside of a region, 0 outside.
  ///
  /// - Parameter support: 1 inside and 0 outside, in the shape of the map's features.
  public func within(_ support: Tensor) throws(TensorError) -> SaliencyMap {
    SaliencyMap(
      values: try values * support, atLayer: atLayer, rectification: rectification,
      neutral: neutral, features: features,
      attribution: attribution == nil ? nil : try (attribution ?? values) * support,
      support: support, measurements: measurements)
  }

  /// The map over its features before any ReLU.
  private var rawValues: Tensor {
    get throws(TensorError) {
      rectification == .relu
        ? try features.carried(atLayer.withAxis(at: 0)).select(axis: 0, index: 0) : values
    }
  }

  private var rectifiedAtLayer: Tensor {
    get throws(TensorError) { rectification == .relu ? try atLayer.relu() : atLayer }
  }
}
