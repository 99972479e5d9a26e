/// Where the pixels along one side of a picture lie between the numbers of a map.
struct Lattice {
  /// Two neighbouring numbers, and how far a pixel is on the way from one to the other.
  struct Place {
    let low: Int
    let high: Int
    let weight: Float
  }

  /// A place for each pixel; `nil` for those that the map does not cover.
  let places: [Place?]

  /// - Parameters:
  ///   - pixelCount: The length of the picture's side.
  ///   - start: Where on it the map begins.
  ///   - length: How much of it the map covers.
  ///   - count: The numbers along the map's side; they stand in the middle of equal cells.
  init(pixelCount: Int, start: Double, length: Double, count: Int) {
    places = (0..<pixelCount).map { pixel in
      let share = (Double(pixel) + 0.5 - start) / length
      guard share >= 0, share < 1 else { return nil }
      let position = (share * Double(count) - 0.5).clamped(to: 0...Double(count - 1))
      let low = Int(position)
      return Place(low: low, high: min(low + 1, count - 1), weight: Float(position - Double(low)))
    }
  }
}

extension HeatMap {
  /// The number between four neighbours, bilinearly.
  func value(_ x: Lattice.Place, _ y: Lattice.Place) -> Float {
    func along(_ row: Int) -> Float {
      let left = values[row * width + x.low]
      let right = values[row * width + x.high]
      return left * (1 - x.weight) + right * x.weight
    }
    return along(y.low) * (1 - y.weight) + along(y.high) * y.weight
  }
}
