/// Where windows lie that slide over a picture, row by row, and the patch around each.
struct WindowPlan {
  /// The picture.
  let height: Int
  let width: Int
  /// Rows and columns of a window.
  let windowHeight: Int
  let windowWidth: Int
  /// Rows and columns of a patch.
  let patchHeight: Int
  let patchWidth: Int
  private let tops: [Int]
  private let lefts: [Int]

  /// Windows that fit the picture; the last of a row or column ends at the edge.
  init(height: Int, width: Int, window: Int, stride: Int, surround: Int) {
    self.height = height
    self.width = width
    windowHeight = min(window, height)
    windowWidth = min(window, width)
    patchHeight = min(window + 2 * surround, height)
    patchWidth = min(window + 2 * surround, width)
    func starts(_ last: Int) -> [Int] {
      let regular = Array(Swift.stride(from: 0, through: last, by: stride))
      return regular.last == last ? regular : regular + [last]
    }
    tops = starts(height - windowHeight)
    lefts = starts(width - windowWidth)
    self.surround = surround
  }

  private let surround: Int

  /// How many windows there are.
  var count: Int { tops.count * lefts.count }

  /// A window, and where its patch begins: as far around it as the picture goes.
  func place(_ i: Int) -> Place {
    let (top, left) = (tops[i / lefts.count], lefts[i % lefts.count])
    return Place(
      top: top, left: left, patchTop: max(0, min(top - surround, height - patchHeight)),
      patchLeft: max(0, min(left - surround, width - patchWidth)))
  }

  struct Place {
    let top: Int
    let left: Int
    let patchTop: Int
    let patchLeft: Int
  }

  /// The pixels of a window in a picture, row by row.
  func pixels(_ place: Place) -> [Int] {
    (0..<windowHeight).flatMap { y in
      (0..<windowWidth).map { x in (place.top + y) * width + place.left + x }
    }
  }

  /// The windows in the order in which they are asked about: row by row, so that the rows that come first lie evenly
  /// over the picture.
  var order: [Int] {
    RefiningOrder.of(tops.count).flatMap { row in
      (0..<lefts.count).map { row * lefts.count + $0 }
    }
  }

  /// The mean over the windows that hold a pixel, `height · width` numbers, and the root mean square over pixels of
  /// its error; windows are no further apart than they are wide. Where no window is known yet, the mean is 0.
  ///
  /// - Parameter found: A value and its squared error for each window that is known.
  func means(
    _ found: [(value: Double, squaredError: Double)?]
  ) -> (values: [Float], error: Float) {
    var sums = [Double](repeating: 0, count: height * width)
    var squares = sums
    var counts = sums
    for (i, one) in found.enumerated() {
      guard let one else { continue }
      for pixel in pixels(place(i)) {
        sums[pixel] += one.value
        squares[pixel] += one.squaredError
        counts[pixel] += 1
      }
    }
    let known = counts.indices.filter { counts[$0] > 0 }
    let square = known.reduce(0) { $0 + squares[$1] / (counts[$1] * counts[$1]) }
    return (
      zip(sums, counts).map { Float($1 > 0 ? $0 / $1 : 0) },
      Float((square / Double(max(known.count, 1))).squareRoot())
    )
  }
}
