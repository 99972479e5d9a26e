internal import Networks
internal import Tensors
internal import Terms

extension MapRequest {
  /// Maps that are made of what a layer gives and of the scores' gradients there.
  ///
  /// Groups at several layers share the forward pass, and the walk down to the earliest of them.
  ///
  /// - Parameters:
  ///   - rounding: Is given the same as `combine`; what rounding may make of maps that are 0, `[S, h, w]`. Maps that are
  ///     nowhere larger are 0 and say so.
  ///   - combine: Is given what the layer gives, `[1, K, h, w]`, and the gradients of some scores,
  ///     `[S, 1, K, h, w]`, both in 32 bits; makes their signed maps `[S, h, w]`.
  func activationMaps(
    rounding: ((_ activation: Tensor, _ gradients: Tensor) throws -> Tensor)? = nil,
    combine: (_ activation: Tensor, _ gradients: Tensor) throws -> Tensor
  ) throws -> Explanation {
    let layers = try spatialLayers()
    var counts: [Int] = []
    var (values, maps): ([Float], [SaliencyMap]) = ([], [])
    let asking = asking { prediction in
      let groups = try groups(prediction)
      counts = layers.count > 1 ? groups.map(\.count) : [groups.reduce(0) { $0 + $1.count }]
      return groups
    }
    let prediction = try asking.gradients(at: layers) { found in
      let pass = maps.count..<maps.count + found.scores.shape[0]
      var first = 0
      for (place, count) in counts.enumerated() {
        let own = pass.clamped(to: first..<first + count)
        first += count
        if own.isEmpty { continue }
        let rows = own.lowerBound - pass.lowerBound..<own.upperBound - pass.lowerBound
        // A network may compute in other precision; maps have 32 bits.
        let activation = try layers[place].stacked(found.activations[place].converted(to: .float32))
        let gradients = try layers[place].stacked(
          found.gradients[place].slice(axis: 0, rows).converted(to: .float32))
        let signed = try rectifiedMaps(combine(activation, gradients))
        maps +=
          try rounding.map { try Self.silenced(signed, below: $0(activation, gradients)) } ?? signed
      }
      values += try found.scores.floats()
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }

  /// Maps, 0 where they are nowhere larger than what rounding makes.
  private static func silenced(
    _ maps: [SaliencyMap], below rounding: Tensor
  ) throws -> [SaliencyMap] {
    try maps.enumerated().map { index, map in
      let noise = try rounding.select(axis: 0, index: index).extremes().upperBound
      let largest = try map.atLayer.magnitudes().extremes().upperBound
      return largest > noise ? map : try map.silenced(rounding: noise)
    }
  }

  /// Signed maps of a layer, `[S, h, w]`, rectified and enlarged to the features.
  func rectifiedMaps(
    _ atLayer: Tensor, _ measurements: [SaliencyMap.Measurement: Float] = [:]
  ) throws -> [SaliencyMap] {
    let features = input.features
    let enlarged = try features.carried(atLayer.relu())
    return try (0..<atLayer.shape[0]).map { i in
      SaliencyMap(
        values: try enlarged.select(axis: 0, index: i),
        atLayer: try atLayer.select(axis: 0, index: i), rectification: .relu, over: features,
        measurements: measurements)
    }
  }
}
