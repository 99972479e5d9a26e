internal import Contrast
internal import Imagery
internal import Networks
internal import Saliency
internal import Tensors

/// An answer's map as numbers and as a picture.
struct DrawnMap {
  let answer: Answer
  let key: String
  let question: String
  let values: Tensor
  let range: ClosedRange<Float>
  let overlay: Picture
  /// The range of values that the colours stand for.
  let scale: ClosedRange<Float>

  var fileName: String { key.replacing("/", with: "-") + ".png" }
}

/// Draws the maps of one picture.
struct MapDrawer {
  let network: Network
  let drawing: Drawing

  func drawn(_ explained: ExplainedPicture) throws -> [[DrawnMap]] {
    var keys: Set<String> = []
    return try explained.groups.map { group in
      let maps = try group.answers.map { try numbers(of: $0) }
      let shared = scale(over: maps.map(\.range))
      return try zip(group.answers, maps).map { answer, map in
        let key = Self.unused(explained.prefix + answer.inquiry.question.key(network.labels), &keys)
        let scale = drawing.scale == .own ? scale(over: [map.range]) : shared
        let heat = try HeatMap(
          values: map.values.floats(), width: map.values.shape[1], height: map.values.shape[0],
          range: scale, colors: drawing.colorMap)
        return DrawnMap(
          answer: answer, key: key,
          question: answer.inquiry.question.text(network.labels, value: explained.prediction.value),
          values: map.values, range: map.range,
          overlay: try heat.overlay(on: explained.picture, covering: region(of: explained.picture)),
          scale: scale)
      }
    }
  }

  private func numbers(of answer: Answer) throws -> (values: Tensor, range: ClosedRange<Float>) {
    var values = answer.map.values
    if drawing.sign == .both {
      let size = values.shape
      values = try answer.map.atLayer.withAxis(at: 0).withAxis(at: 0)
        .resizedBilinearly(height: size[0], width: size[1]).reshaped(size)
    }
    return (values, try values.extremes())
  }

  private func scale(over ranges: [ClosedRange<Float>]) -> ClosedRange<Float> {
    let high = ranges.map(\.upperBound).reduce(0, max)
    let low = ranges.map(\.lowerBound).reduce(0, min)
    if drawing.colorMap == .diverging {
      let reach = max(high, -low)
      return -reach...reach
    }
    return low...high
  }

  /// The part of the picture that the network saw.
  private func region(of picture: Picture) -> Region {
    let plan = network.card.input.geometry(
      pictureWidth: picture.width, pictureHeight: picture.height)
    let across = Double(picture.width) / Double(plan.resizedWidth)
    let down = Double(picture.height) / Double(plan.resizedHeight)
    return Region(
      x: Double(plan.left) * across, y: Double(plan.top) * down,
      width: Double(plan.width) * across, height: Double(plan.height) * down)
  }

  private static func unused(_ wanted: String, _ taken: inout Set<String>) -> String {
    var key = wanted
    var count = 2
    while !taken.insert(key).inserted {
      key = "\(wanted)-\(count)"
      count += 1
    }
    return key
  }
}
