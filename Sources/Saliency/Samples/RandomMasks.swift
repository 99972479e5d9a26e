internal import Networks
internal import Tensors
internal import Terms

/// The random masks of RISE over a plane: grids of zeros and ones, enlarged and cut at a random offset.
///
/// A grid of s × s cells, each 1 with probability p, is enlarged bilinearly (corners not aligned) to
/// (s + 1)·c pixels a side, c = ⌈H/s⌉ (⌈W/s⌉), and cut to H × W at an offset that is uniform on
/// 0 ..< c along each axis ([Petsiuk et al. 2018], section 3.2). Enlarging is linear along each axis,
/// so a mask is
///
///     M = R(a) · u · C(b)ᵀ
///
/// with the grid u, the offsets a and b, and matrices R(a) `[H, s]`, C(b) `[W, s]` whose rows sum to
/// 1. So E[M] = p everywhere.
///
/// Of features in a sequence or a set each is a cell, without enlarging: R and C are identities.
///
/// Mask i draws from stream i. With complements, masks 2k and 2k + 1 have the offset of stream k; a
/// cell of the first is 1 where its draw r < p, of the second where 1 − r ≤ p: each is distributed as
/// a mask alone, and where p = 1/2 one is what the other hides.
///
/// [Petsiuk et al. 2018]: https://arxiv.org/abs/1806.07421
struct RandomMasks {
  /// How masks depend on one another.
  enum Dependence {
    case independent
    case complements
  }

  let probability: Float
  let dependence: Dependence
  private let stream: RandomStream
  private let rows: Axis
  private let columns: Axis

  init(
    cells: Int, probability: Float, over features: Features, dependence: Dependence, seed: Seed,
    on device: Device
  ) throws(TensorError) {
    self.probability = probability
    self.dependence = dependence
    stream = RandomStream(seed)
    if features.arrangement == .plane {
      let (height, width) = (features.shape[0], features.shape[1])
      rows = try Axis(length: height, cells: cells, device)
      columns = width == height ? rows : try Axis(length: width, cells: cells, device)
    } else {
      // A feature a cell; as a plane of one column.
      rows = try Axis(each: features.count, device)
      columns = try Axis(each: 1, device)
    }
  }

  /// How many masks depend on one another.
  var groupSize: Int { dependence == .complements ? 2 : 1 }

  /// Bytes that ``masks(_:)`` allocates for each mask.
  var bytesPerMask: Int {
    let (height, width) = (rows.length, columns.length)
    return 4
      * (height * width + columns.cells * height + rows.cells * (height + width + columns.cells))
  }

  /// The masks of a range, `[n, H, W]`.
  func masks(_ range: Range<Int>) throws(TensorError) -> Tensor {
    var grid: [Float] = []
    var tops: [Int] = []
    var lefts: [Int] = []
    let count = rows.cells * columns.cells
    grid.reserveCapacity(range.count * count)
    for index in range {
      var own = stream.stream(for: index / groupSize)
      tops.append(own.offset(below: rows.cell))
      lefts.append(own.offset(below: columns.cell))
      let isSecond = index % groupSize == 1
      for _ in 0..<count {
        let draw = own.uniform()
        grid.append((isSecond ? 1 - draw <= probability : draw < probability) ? 1 : 0)
      }
    }
    let u = try Tensor(grid, shape: [range.count, rows.cells, columns.cells]).on(
      rows.weights.device)
    return try rows.weights.gather(axis: 0, tops).batchMatrixProduct(u)
      .batchMatrixProduct(columns.weights.gather(axis: 0, lefts).permuted([0, 2, 1]))
  }

  /// The covariance of a mask's pixels is p(1 − p)·A ⊗ B; this is A `[H, H]` and B `[W, W]`, in 64
  /// bits: A is the mean of R(a) R(a)ᵀ over the offsets a.
  func covarianceFactors() throws(TensorError) -> (rows: Tensor, columns: Tensor) {
    (try rows.covariance(), try columns.covariance())
  }

  /// The weights of enlarging along one axis, for every offset.
  private struct Axis {
    let length: Int
    let cells: Int
    let cell: Int
    /// `[c, length, s]`.
    let weights: Tensor

    /// A cell for each place.
    init(each length: Int, _ device: Device) throws(TensorError) {
      (self.length, cells, cell) = (length, length, 1)
      weights = try Tensor.identity(length).withAxis(at: 0).on(device)
    }

    init(length: Int, cells: Int, _ device: Device) throws(TensorError) {
      (self.length, self.cells) = (length, cells)
      cell = (length + cells - 1) / cells
      let enlarged = (cells + 1) * cell
      var all: [Float] = []
      for offset in 0..<cell {
        for pixel in offset..<offset + length {
          let place = (Double(pixel) + 0.5) * Double(cells) / Double(enlarged) - 0.5
          let first = Int(max(place, 0))
          let share = Float(max(place, 0) - Double(first))
          var row = [Float](repeating: 0, count: cells)
          row[min(first, cells - 1)] += 1 - share
          row[min(first + 1, cells - 1)] += share
          all += row
        }
      }
      weights = try Tensor(all, shape: [cell, length, cells]).on(device)
    }

    func covariance() throws(TensorError) -> Tensor {
      let shape = weights.shape
      let flat = try weights.converted(to: .float64).permuted([1, 0, 2])
        .reshaped([shape[1], -1])
      return try flat.matrixProduct(flat.permuted([1, 0])) * (1 / Float(cell))
    }
  }
}

extension RandomStream {
  /// A whole number in 0 ..< count; each is equally likely to one part in 2⁶⁴/count.
  fileprivate mutating func offset(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
