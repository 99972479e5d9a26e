internal import Imagery

/// Parts of a picture that overlap, each a list of pixels, and the order in which they matter.
struct GrownRegions {
  /// The pixels of each part, row by row.
  let regions: [[Int]]

  /// Parts as they are given.
  init(_ regions: [[Int]]) { self.regions = regions }

  /// The parts of a picture that is cut several times, each with the pixels in a disk around its own.
  ///
  /// - Parameter margin: The disk's radius, in pixels.
  init(of cuts: [Superpixels], margin: Int) {
    let disk = (-margin...margin).flatMap { y in
      (-margin...margin).filter { $0 * $0 + y * y <= margin * margin }.map { (x: $0, y: y) }
    }
    regions = cuts.flatMap { cut in
      var own = [[Int]](repeating: [], count: cut.count)
      for pixel in cut.labels.indices {
        let (row, column) = (pixel / cut.width, pixel % cut.width)
        var reached: [Int] = []
        for place in disk {
          let (y, x) = (row + place.y, column + place.x)
          guard y >= 0, y < cut.height, x >= 0, x < cut.width else { continue }
          let label = cut.labels[y * cut.width + x]
          if !reached.contains(label) { reached.append(label) }
        }
        for label in reached { own[label].append(pixel) }
      }
      return own
    }
  }

  /// Joins part to part, always the one whose new pixels have the highest mean, and gives these that mean.
  ///
  /// - Parameters:
  ///   - attribution: A number a pixel.
  ///   - smallest: A part with fewer new pixels than this is left out; what no part reaches has its own mean.
  /// - Returns: A number a pixel, with the sum of `attribution`.
  func densities(of attribution: [Double], smallest: Int) -> [Double] {
    var values = [Double?](repeating: nil, count: attribution.count)
    func fill(_ pixels: [Int]) {
      guard !pixels.isEmpty else { return }
      let mean = pixels.reduce(0) { $0 + attribution[$1] } / Double(pixels.count)
      for pixel in pixels { values[pixel] = mean }
    }
    var open = Array(regions.indices)
    while true {
      var best: (region: Int, density: Double)?
      open.removeAll { region in
        var (sum, count) = (0.0, 0)
        for pixel in regions[region] where values[pixel] == nil {
          sum += attribution[pixel]
          count += 1
        }
        if count < max(smallest, 1) { return true }
        if sum / Double(count) > best?.density ?? -.infinity {
          best = (region, sum / Double(count))
        }
        return false
      }
      guard let best else { break }
      fill(regions[best.region].filter { values[$0] == nil })
      open.removeAll { $0 == best.region }
    }
    fill(values.indices.filter { values[$0] == nil })
    return values.map { $0 ?? 0 }
  }
}
