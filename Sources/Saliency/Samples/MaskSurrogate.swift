internal import Tensors

/// A linear function of a random mask whose products with the mask's pixels have known expectations.
///
///     f(M) = a + Σ_kl β_kl φ_kl(M),   φ_kl = v_kᵀ (M − p) w_l / √(p (1 − p) λ_k μ_l)
///     E[f · M_y] = a p + Σ_kl β_kl c_kl(y),   c_kl(y) = √(p (1 − p) λ_k μ_l) v_k(y₁) w_l(y₂)
///
/// with λ, v and μ, w the eigenvalues and eigenvectors of the factors of the masks' covariance. So
/// the φ have mean 0, variance 1 and no correlation. Only those with eigenvalues worth the name are
/// taken: beyond some s + 2 an axis, a mask of s cells has nothing. Of these the 400 with the largest
/// variance λ_k μ_l are taken at most, since a fit's matrices grow as the fourth power of s: what f
/// leaves out of the score is left to the other sum of ``PairedEstimator``, which stays unbiased and
/// varies more. The number does not depend on the memory, so neither do maps.
struct MaskSurrogate {
  private let probability: Float
  /// `[H, K]` and `[W, L]`: columns v_k/√λ_k and w_l/√μ_l, over ⁴√(p (1 − p)).
  private let rows: Tensor
  private let columns: Tensor
  /// `[H, K]` and `[W, L]`: columns v_k √λ_k and w_l √μ_l, times ⁴√(p (1 − p)).
  private let rowsBack: Tensor
  private let columnsBack: Tensor
  /// What a squared coefficient costs in a fit: `[1 + φs]`, in 64 bits; 1 sample's worth for `a`.
  let penalties: Tensor
  /// Whether masks vary at all.
  private let varies: Bool
  /// Where the φ that are taken lie among all K·L.
  private let chosen: [Int]

  /// Penalties are this many samples' worth for the broadest φ, and as much more for finer ones as
  /// their eigenvalues are smaller.
  private static let penalty = 10.0
  /// Eigenvalues below this fraction of the largest are left out.
  private static let smallest = 0.02
  /// The most φ.
  static let featureLimit = 400

  init(_ masks: RandomMasks) throws(TensorError) {
    probability = masks.probability
    let spread = probability * (1 - probability)
    varies = spread > 0
    let factors = try masks.covarianceFactors()
    let first = try Self.leading(factors.rows, spread)
    let second = try Self.leading(factors.columns, spread)
    (rows, rowsBack) = (first.forward, first.back)
    (columns, columnsBack) = (second.forward, second.back)
    let variances = first.values.flatMap { a in second.values.map { a * $0 } }
    chosen = variances.indices.sorted { (variances[$1], $0) < (variances[$0], $1) }
      .prefix(Self.featureLimit).sorted()
    let largest = (first.values.last ?? 1) * (second.values.last ?? 1)
    let costs = chosen.map { Self.penalty * largest / variances[$0] }
    penalties = try Tensor([1] + (varies ? costs : []), shape: [varies ? 1 + costs.count : 1])
      .on(rows.device)
  }

  /// 1 and the φ of masks `[n, H, W]`, in 64 bits: `[n, 1 + φs]`.
  func features(_ masks: Tensor) throws(TensorError) -> Tensor {
    let count = masks.shape[0]
    let ones = try Tensor([Double](repeating: 1, count: count), shape: [count, 1]).on(masks.device)
    guard varies else { return ones }
    let shape = masks.shape
    let centred = try masks - probability
    let across = try centred.reshaped([-1, shape[2]]).matrixProduct(columns)
      .reshaped([count, shape[1], -1]).permuted([0, 2, 1]).reshaped([-1, shape[1]])
    let both = try across.matrixProduct(rows).reshaped([count, columns.shape[1], -1])
      .permuted([0, 2, 1]).reshaped([count, -1]).gather(axis: 1, chosen)
    return try Tensor.concatenated([ones, both.converted(to: .float64)], axis: 1)
  }

  /// `E[f · M]/p` for coefficients `[1 + φs, S]`: `[S, H·W]`.
  func expectation(_ coefficients: Tensor) throws(TensorError) -> Tensor {
    let single = try coefficients.converted(to: .float32).permuted([1, 0])
    let count = single.shape[0]
    let constant = try single.slice(axis: 1, 0..<1)
    let (height, width) = (rows.shape[0], columns.shape[0])
    guard varies else { return try constant.expanded([count, height * width]) }
    let (k, l) = (rows.shape[1], columns.shape[1])
    // Those that were left out have the coefficient 0, which stands first.
    var places = [Int](repeating: 0, count: k * l)
    for (i, place) in chosen.enumerated() { places[place] = i + 1 }
    let beta = try Tensor.concatenated(
      [constant * 0, single.slice(axis: 1, 1..<single.shape[1])], axis: 1
    ).gather(axis: 1, places).reshaped([count, k, l])
    let maps = try rowsBack.expanded([count] + rowsBack.shape).batchMatrixProduct(beta)
      .batchMatrixProduct(
        columnsBack.permuted([1, 0]).expanded([count] + columnsBack.shape.reversed()))
    return try maps.reshaped([count, -1]) * (1 / probability) + constant
  }

  /// The leading eigenvalues in rising order, and their eigenvectors over and times the roots.
  private static func leading(
    _ covariance: Tensor, _ spread: Float
  ) throws(TensorError) -> (values: [Double], forward: Tensor, back: Tensor) {
    let (values, vectors) = try covariance.on(.cpu).eigenvectors()
    let all = try values.elements(as: Double.self)
    let kept = all.indices.filter { all[$0] > smallest * (all.last ?? 0) }
    let chosen = try vectors.gather(axis: 1, kept)
    let root = Double(max(spread, .leastNormalMagnitude)).squareRoot()
    let scales = try Tensor(kept.map { (all[$0] * root).squareRoot() }, shape: [1, kept.count])
    return (
      kept.map { all[$0] },
      try (chosen / scales).converted(to: .float32).on(covariance.device),
      try (chosen * scales).converted(to: .float32).on(covariance.device)
    )
  }
}
