internal import Imagery
internal import Saliency
internal import Tensors

/// A map alone, brighter where a place counts for more, whichever way, in a scale of its own.
struct Thumbnail {
  private let map: SaliencyMap

  init(_ map: SaliencyMap) { self.map = map }

  var image: HTML {
    get throws {
      let neutral = map.rectification == .relu ? max(0, map.neutral) : map.neutral
      var heat = try (map.values - neutral).magnitudes()
      if map.attribution != nil { heat = try MapDrawer.coarse(heat, sign: .both) }
      let (shape, size) = (heat.shape, map.values.shape)
      let values = try heat.floats()
      let picture = try HeatMap(
        values: values, width: shape[1], height: shape[0], range: 0...Self.reach(of: values),
        colors: .inferno)
      return HTML.image(
        try picture.picture(
          width: max(1, size[1] * Self.side / size.reduce(1, max)),
          height: max(1, size[0] * Self.side / size.reduce(1, max))
        ).png(), alt: "a map", name: "map")
    }
  }

  /// The value that one in a hundred exceeds, or the largest where that is 0.
  private static func reach(of values: [Float]) -> Float {
    let sorted = values.sorted()
    let reach = sorted[sorted.count - 1 - sorted.count / 100]
    return reach > 0 ? reach : sorted.last ?? 0
  }

  /// The longer side on the page.
  private static let side = 128
}
