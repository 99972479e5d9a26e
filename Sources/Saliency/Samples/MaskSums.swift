internal import Tensors

/// Sums over random masks, each weighted by a number for each score.
///
///     t̄ = 1/m Σᵢ tᵢ,   tᵢ = 1/(g p) Σ_{k ∈ group i} w_k M_k
///
/// over m independent groups of g masks each; with the weights' variance over groups, the standard
/// error of t̄ follows.
struct MaskSums {
  private let groupSize: Int
  private let probability: Float
  /// Σ w_k M_k, `[S, H, W]`.
  private var sum: Tensor?
  /// Σᵢ of the mean over pixels of (g p tᵢ)², `[S]` in 64 bits.
  private var squares: Tensor?
  private var groups = 0

  init(groupSize: Int, probability: Float) {
    self.groupSize = groupSize
    self.probability = probability
  }

  /// Adds whole groups.
  ///
  /// - Shapes: `masks` is `[n, H, W]`, `weights` is `[n, S]`.
  mutating func add(_ masks: Tensor, weights: Tensor) throws(TensorError) {
    let shape = masks.shape
    let flat = try masks.reshaped([shape[0], -1])
    let part = try weights.converted(to: .float32).permuted([1, 0]).matrixProduct(flat)
    sum = try sum.map { a throws(TensorError) in try a + part } ?? part
    let grouped = try flat.reshaped([-1, groupSize, shape[1] * shape[2]])
    let products =
      try grouped.batchMatrixProduct(grouped.permuted([0, 2, 1]))
      .converted(to: .float64) * (1 / Float(shape[1] * shape[2]))
    let each = try weights.converted(to: .float64).reshaped([-1, groupSize, weights.shape[1]])
    let square = try (products.batchMatrixProduct(each) * each).sum(axes: [0, 1])
    squares = try squares.map { a throws(TensorError) in try a + square } ?? square
    groups += shape[0] / groupSize
  }

  /// t̄ `[S, H·W]`, and the root over pixels of its mean squared standard error, one for each score;
  /// infinite for a single group.
  func means() throws(TensorError) -> (means: Tensor, errors: [Float]) {
    guard let sum, let squares else { throw .unexpectedResult(operation: "mean of masks") }
    let scale = 1 / (Float(groupSize) * probability)
    let mean = try sum * (scale / Float(groups))
    let centre = try mean.converted(to: .float64).squared().mean(axes: [1]).elements(
      as: Double.self)
    let total = try squares.elements(as: Double.self)
    let (m, g) = (Double(groups), Double(scale))
    let errors = zip(total, centre).map { total, centre -> Float in
      if m < 2 { return .infinity }
      return Float((max(total * g * g - m * centre, 0) / (m * (m - 1))).squareRoot())
    }
    return (mean, errors)
  }
}

/// What an estimator makes of the masks so far.
struct MaskEstimate {
  /// `[S, H, W]`.
  let maps: Tensor
  /// The root mean square over pixels of each map's standard error.
  let errors: [Float]

  /// The errors as fractions of the largest magnitude of each map.
  func relativeErrors() throws(TensorError) -> [Float] {
    let flat = try maps.reshaped([maps.shape[0], -1]).magnitudes().maximum(axes: [1]).floats()
    return zip(errors, flat).map { $0 == 0 ? 0 : $0 / $1 }
  }
}

/// Turns masks and the scores of what they leave of a picture into maps.
protocol MaskEstimator {
  /// Takes the next masks `[n, H, W]` and their scores `[S, n]`.
  mutating func add(_ masks: Tensor, scores: Tensor) throws
  /// The maps by all masks so far.
  func estimate() throws -> MaskEstimate
}

/// The published estimator: `1/N Σ s(x ⊙ Mᵢ)·Mᵢ / E[M]`.
struct PublishedEstimator: MaskEstimator {
  private var sums: MaskSums

  init(_ masks: RandomMasks) { sums = MaskSums(groupSize: 1, probability: masks.probability) }

  mutating func add(_ masks: Tensor, scores: Tensor) throws {
    try sums.add(masks, weights: scores.permuted([1, 0]))
  }

  func estimate() throws -> MaskEstimate {
    let (means, errors) = try sums.means()
    return MaskEstimate(maps: means, errors: errors)
  }
}
