/// Makes the rows of a resized picture one after another: first along each row, then down the columns, with 8 bits
/// between, as Pillow does.
struct RowResampler {
  private let picture: Picture
  private let across: AxisWeights
  private let down: AxisWeights
  /// Numbers in a new row.
  private let length: Int
  /// The old rows at their new width that the next new rows may take, each at its number modulo their count.
  private var rows: [Int32]
  /// An old row's numbers.
  private var line: [Int32]
  /// The next old row.
  private var next = 0

  private static let half: Int32 = 1 << (AxisWeights.bits - 1)

  init(_ picture: Picture, across: AxisWeights, down: AxisWeights) {
    (self.picture, self.across, self.down) = (picture, across, down)
    length = across.starts.count * 3
    rows = Array(repeating: 0, count: length * down.width)
    line = Array(repeating: 0, count: picture.width * 3)
  }

  /// Writes a new row; rows are asked for from the top down.
  mutating func write(row: Int, to bytes: UnsafeMutablePointer<UInt8>) {
    let (start, count) = (down.starts[row], down.counts[row])
    next = max(next, start)
    while next < start + count {
      fill(next)
      next += 1
    }
    let weights = down.weights[row * down.width..<row * down.width + count]
    var sums = Array(repeating: Self.half, count: length)
    sums.withUnsafeMutableBufferPointer { sums in
      rows.withUnsafeBufferPointer { rows in
        guard let sums = sums.baseAddress, let rows = rows.baseAddress else { return }
        for (place, weight) in weights.enumerated() {
          let old = rows + (start + place) % down.width * length
          // Loops over ranges are slow where nothing is optimised.
          var i = 0
          while i < length {
            sums[i] = sums[i] &+ weight &* old[i]
            i &+= 1
          }
        }
        var i = 0
        while i < length {
          bytes[i] = UInt8(truncatingIfNeeded: Self.level(sums[i]))
          i &+= 1
        }
      }
    }
  }

  /// Brings an old row to its new width.
  private mutating func fill(_ row: Int) {
    let width = picture.width * 3
    picture.pixels.withUnsafeBufferPointer { bytes in
      line.withUnsafeMutableBufferPointer { line in
        guard let bytes = bytes.baseAddress, let line = line.baseAddress else { return }
        let old = bytes + row * width
        var i = 0
        while i < width {
          line[i] = Int32(truncatingIfNeeded: old[i])
          i &+= 1
        }
      }
    }
    let (across, target) = (across, row % down.width * length)
    line.withUnsafeBufferPointer { line in
      rows.withUnsafeMutableBufferPointer { rows in
        across.weights.withUnsafeBufferPointer { weights in
          guard let line = line.baseAddress, let rows = rows.baseAddress,
            let weights = weights.baseAddress
          else { return }
          Self.mix(line, by: across, weights, into: rows + target)
        }
      }
    }
  }

  private static func mix(
    _ line: UnsafePointer<Int32>, by across: AxisWeights, _ weights: UnsafePointer<Int32>,
    into row: UnsafeMutablePointer<Int32>
  ) {
    for place in across.starts.indices {
      var (red, green, blue) = (half, half, half)
      var pixel = line + across.starts[place] * 3
      var weight = weights + place * across.width
      let end = weight + across.counts[place]
      while weight < end {
        let share = weight.pointee
        red = red &+ share &* pixel[0]
        green = green &+ share &* pixel[1]
        blue = blue &+ share &* pixel[2]
        pixel += 3
        weight += 1
      }
      let at = place &* 3
      row[at] = level(red)
      row[at &+ 1] = level(green)
      row[at &+ 2] = level(blue)
    }
  }

  /// The level, 0…255, of a sum that began with a half.
  private static func level(_ sum: Int32) -> Int32 {
    let level = sum &>> AxisWeights.bits
    return level < 0 ? 0 : level > 255 ? 255 : level
  }
}
