internal import Tensors

/// An unbiased estimator of RISE's expectation with a small fraction of the published one's variance.
///
///     H = 1/p · ( 1/N Σᵢ Σ_{k ∈ i} e_k M_k  +  1/m Σᵢ E[f₋ᵢ · M] ),   e_k = s_k − f₋ᵢ(M_k)
///
/// over m groups i of masks, in which a mask comes with its complement; `f₋ᵢ` is the ``MaskSurrogate``
/// fitted by ridge regression to the masks of all other groups.
///
/// It is unbiased: given the other groups, f₋ᵢ is a fixed function, and the mask k of group i is a
/// mask like any other, so E[(s_k − f₋ᵢ(M_k)) M_k] = E[s M] − E[f₋ᵢ M], which the second sum gives
/// back; the penalties do not depend on the scores.
///
/// A mask's complement cancels what is even in the mask, such as interactions of two cells; the
/// surrogate takes away what is linear in the other cells, and the level of the score, which are the
/// noise of the published estimator.
///
/// All f₋ᵢ come from one fit: with X the features, A = XᵀX + penalties and b = A⁻¹Xᵀs, leaving out
/// group i gives b₋ᵢ = b − A⁻¹ Xᵢᵀ eᵢ and eᵢ = (1 − Xᵢ A⁻¹ Xᵢᵀ)⁻¹ (sᵢ − Xᵢ b).
///
/// The masks are drawn twice, for the fit and for the sums, so that they need not be kept.
struct PairedEstimator: MaskEstimator {
  private let masks: RandomMasks
  private let surrogate: MaskSurrogate
  private let chunk: Int
  /// XᵀX `[K, K]` and Xᵀs `[K, S]`, in 64 bits.
  private var gram: Tensor?
  private var moments: Tensor?
  private var scores: [Tensor] = []
  private var count = 0

  /// - Parameter chunk: How many masks fit into memory at a time, an even number.
  init(_ masks: RandomMasks, chunk: Int) throws(TensorError) {
    self.masks = masks
    self.chunk = chunk
    surrogate = try MaskSurrogate(masks)
  }

  mutating func add(_ masks: Tensor, scores: Tensor) throws {
    let x = try surrogate.features(masks)
    let s = try scores.converted(to: .float64).permuted([1, 0])
    let (xx, xs) = (
      try x.permuted([1, 0]).matrixProduct(x), try x.permuted([1, 0]).matrixProduct(s)
    )
    gram = try gram.map { try $0 + xx } ?? xx
    moments = try moments.map { try $0 + xs } ?? xs
    self.scores.append(s)
    count += masks.shape[0]
  }

  func estimate() throws -> MaskEstimate {
    guard let gram, let moments else {
      throw TensorError.unexpectedResult(operation: "mean of masks")
    }
    let size = gram.shape[0]
    let diagonal = try Tensor.identity(size).converted(to: .float64).on(gram.device)
    let inverse = try (gram + diagonal * surrogate.penalties).inverted()
    let b = try inverse.matrixProduct(moments)
    let s = try Tensor.concatenated(scores)
    let g = masks.groupSize
    var sums = MaskSums(groupSize: g, probability: masks.probability)
    var left = try b * 0
    for start in stride(from: 0, to: count, by: chunk) {
      let range = start..<min(start + chunk, count)
      let drawn = try masks.masks(range)
      let x = try surrogate.features(drawn)
      let residuals = try s.slice(axis: 0, range) - x.matrixProduct(b)
      let groups = try x.reshaped([-1, g, size])
      let hat = try x.matrixProduct(inverse).reshaped([-1, g, size])
        .batchMatrixProduct(groups.permuted([0, 2, 1]))
      let one = try Tensor.identity(g).converted(to: .float64).on(hat.device)
      let e = try (one - hat).inverted()
        .batchMatrixProduct(residuals.reshaped([-1, g, s.shape[1]])).reshaped(residuals.shape)
      try sums.add(drawn, weights: e)
      left = try left + x.permuted([1, 0]).matrixProduct(e)
    }
    let mean = try b - inverse.matrixProduct(left) * (Float(g) / Float(count))
    let (residual, errors) = try sums.means()
    return MaskEstimate(maps: try residual + surrogate.expectation(mean), errors: errors)
  }
}
