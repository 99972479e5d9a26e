internal import Tensors
internal import Terms

extension MapSimilarity {
  /// How alike any two of some maps of one size are, in the order of ``pairs(_:)``.
  ///
  /// - Parameter maps: Row by row, 0 where a place does not matter.
  /// - Returns: `nil` for two of which one has the same value everywhere, or holds what is no number.
  package static func ofPairs(
    _ maps: [[Float]], height: Int, width: Int
  ) throws -> [MapSimilarity?] {
    let ssim = SSIM(height: height, width: width)
    let compared = maps.map { values in
      values.allSatisfy(\.isFinite) && values.count == height * width
        ? ComparedMap(values, height: height, width: width) : nil
    }
    let places = maps.map { StrongestPlaces($0) }
    return try pairs(maps.count).concurrentMap { one, other in
      guard let mine = compared[one], let its = compared[other] else { return nil }
      var found = try mine.similarity(to: its, by: ssim)
      found?.overlap = places[one].overlap(with: places[other])
      return found
    }
  }

  /// The places of any two of so many maps: the first and the second, the first and the third, and so on, then the second
  /// and the third.
  package static func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { one in (one + 1..<count).map { (one, $0) } }
  }
}
