/// One score's path of Guided Integrated Gradients: at every step, those numbers move on whose gradients are the
/// smallest.
///
/// Algorithm 1 of Kapishnikov et al. 2021. In a step, numbers that lag too far behind the straight path are brought up first;
/// then the fraction of smallest gradients moves as far ahead of it as is allowed, and the next
/// fraction, until the point is as near to the end, by the sum of distances, as the straight path's would be.
struct GuidedPath {
  /// How many steps the path has.
  let steps: Int
  /// The part of the numbers that moves at a time.
  let fraction: Double
  /// How far a number may be from the straight path, as a part of its way.
  let distance: Double
  private let start: [Double]
  private let end: [Double]
  private let total: Double
  private var step = 0

  /// Where the path has come to.
  private(set) var point: [Double]
  /// The gradients so far, times the way.
  private(set) var attribution: [Double]

  /// Begins a path.
  init(from start: [Float], to end: [Float], steps: Int, fraction: Float, distance: Float) {
    self.steps = steps
    self.fraction = Double(fraction)
    self.distance = Double(distance)
    self.start = start.map(Double.init)
    self.end = end.map(Double.init)
    total = zip(self.start, self.end).reduce(0) { $0 + abs($1.1 - $1.0) }
    point = self.start
    attribution = Array(repeating: 0, count: start.count)
  }

  /// Goes one step by the gradient at the point.
  mutating func move(by gradient: [Float]) {
    step += 1
    let place = Double(step) / Double(steps)
    let (low, high) = (max(place - distance, 0), min(place + distance, 1))
    let limits = point.indices.map { start[$0] + high * (end[$0] - start[$0]) }
    let target = total * (1 - place)
    func shift(_ i: Int, to value: Double) {
      attribution[i] += (value - point[i]) * Double(gradient[i])
      point[i] = value
    }
    for i in point.indices where start[i] != end[i] {
      if (point[i] - start[i]) / (end[i] - start[i]) < low {
        shift(i, to: start[i] + low * (end[i] - start[i]))
      }
    }
    let sizes = gradient.map(abs)
    // Those that are as far as they may be take no part.
    var waiting = point.indices.filter { point[$0] != limits[$0] }
    waiting.sort { (sizes[$0], $0) < (sizes[$1], $1) }
    let last = Int(fraction * Double(point.count - 1))
    while !waiting.isEmpty {
      let left = zip(point, end).reduce(0) { $0 + abs($1.1 - $1.0) } - target
      if left <= Self.precision * max(total, target) { return }
      let largest = sizes[waiting[min(last, waiting.count - 1)]]
      let count = waiting.firstIndex { sizes[$0] > largest } ?? waiting.count
      let room = waiting[..<count].reduce(0) { $0 + abs(limits[$1] - point[$1]) }
      let part = left / room
      for i in waiting[..<count] {
        shift(i, to: part < 1 ? point[i] + part * (limits[i] - point[i]) : limits[i])
      }
      if part <= 1 { return }
      waiting.removeFirst(count)
    }
  }

  /// The sums of distances that count as equal.
  private static let precision = 1e-9
}
