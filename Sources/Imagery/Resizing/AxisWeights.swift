/// What each new place along one side of a picture takes of the old places there.
///
/// Weights are whole numbers that sum to about 2²², as Pillow rounds them, so that pixels are sums of whole numbers and
/// equal Pillow's on every machine.
struct AxisWeights: Sendable {
  /// The first old place of each new one.
  private(set) var starts: [Int] = []
  /// How many old places each new one takes.
  private(set) var counts: [Int] = []
  /// For each new place, as many weights as any takes.
  private(set) var weights: [Int32] = []
  /// The most old places that a new one takes.
  let width: Int

  /// The bits of a weight behind the point.
  static let bits: Int32 = 22

  /// - Parameters:
  ///   - old: The side's length.
  ///   - new: What it becomes.
  init(from old: Int, to new: Int, by interpolation: Interpolation) {
    if old == new || interpolation == .nearest {
      width = 1
      counts = Array(repeating: 1, count: new)
      weights = Array(repeating: 1 << Self.bits, count: new)
      starts = old == new ? Array(0..<new) : Self.nearest(from: old, to: new)
      return
    }
    let scale = Double(old) / Double(new)
    let larger = max(scale, 1)
    let reach = interpolation.reach * larger
    width = min(Int(reach.rounded(.up)) * 2 + 1, old)
    weights.reserveCapacity(width * new)
    for place in 0..<new {
      let middle = (Double(place) + 0.5) * scale
      let start = max(0, Int(middle - reach + 0.5))
      let end = min(old, Int(middle + reach + 0.5))
      let parts = (start..<end).map {
        interpolation.weight(at: (Double($0) - middle + 0.5) * (1 / larger))
      }
      let sum = parts.reduce(0, +)
      starts.append(start)
      counts.append(end - start)
      weights += parts.map { Self.whole(sum == 0 ? $0 : $0 / sum) }
      weights += Array(repeating: 0, count: width - parts.count)
    }
  }

  private static func whole(_ weight: Double) -> Int32 {
    Int32((weight * Double(1 << bits)).rounded(.toNearestOrAwayFromZero))
  }

  /// The old place at the middle of each new one, by steps that add up, as Pillow takes them.
  private static func nearest(from old: Int, to new: Int) -> [Int] {
    let step = Double(old) / Double(new)
    var middle = step * 0.5
    return (0..<new).map { _ in
      defer { middle += step }
      return min(Int(middle), old - 1)
    }
  }
}
