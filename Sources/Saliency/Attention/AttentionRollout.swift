internal import Networks
internal import Tensors
internal import Terms

/// Attention rollout: how much of each token reaches what the answer is read off, if attention moved information and nothing
/// else did.
///
///     Āₗ = rows of (mean over heads of Aₗ + I) / 2, each divided by its sum
///     R  = Ā_L ⋯ Ā₂ Ā₁
///
/// and of R the row of the class token, or the mean of the rows that the answer is read off. [Abnar and Zuidema 2020],
/// section 3. The identity stands for the shortcut around each attention. Others take the largest or the smallest head
/// instead of the mean, which is a setting here.
///
/// - Contrast: **the method has no class**: weights of attention do not depend on what is asked, so its map is the same
///   for every question. It refuses a contrast and more than one score, rather than answer them with one map.
/// - Shapes: a number for each patch, `[h, w]`, or each token of a text; enlarged bilinearly (corners not aligned).
/// - Range: 0…1; with the tokens that are no patches, such as the class token, it sums to 1.
/// - Randomness: none.
/// - Complexity: a forward pass, and a walk back to find which tokens the answer is read off.
///
/// [Abnar and Zuidema 2020]: https://arxiv.org/abs/2005.00928
public struct AttentionRollout: Explainer {
  /// What becomes of several heads.
  public enum Heads: String, Sendable, CaseIterable {
    /// Their mean, as the paper has it.
    case mean
    /// The largest of them, entry by entry.
    case max
    /// The smallest of them, entry by entry.
    case min
  }

  /// What becomes of several heads.
  public var heads: Heads

  /// Chooses the settings.
  public init(heads: Heads = .mean) { self.heads = heads }

  /// One map; see the type.
  ///
  /// - Throws: ``SettingError/hasNoClass(_:)`` for a contrast or several scores, ``AttentionFault`` for a
  ///   network whose attention cannot be read.
  public func maps(for request: MapRequest) throws -> Explanation {
    let found = try request.network.attentive()
    var asked: [Score] = []
    var rows: Tensor?
    let probe = request.asking { prediction in
      asked = try request.scores(prediction)
      try ClasslessScores.check(asked, of: menuName)
      // Which tokens are read does not depend on the score; a logit has a gradient wherever there is one.
      return [[prediction.classes.first.map { .logit(ClassSet($0.index)) } ?? .value]]
    }
    let prediction = try probe.attentionPasses(through: found) { pass, _ in
      rows = try rollout(pass)
    }
    guard let rows else { throw NetworkError.noTensorOutput }
    let values = try asked.map { try $0.value(in: prediction) }
    let map = try request.tokenMaps(rows, of: found)[0]
    return Explanation(prediction: prediction, scores: values, maps: asked.map { _ in map })
  }

  /// The rolled-out row `[1, n]`.
  private func rollout(_ pass: AttentionPass) throws -> Tensor {
    var row = try pass.readTokens()
    let identity = try Tensor.identity(row.shape[1]).converted(to: .float32).on(row.device)
    for matrix in pass.matrices.reversed() {
      let joined = try joined(matrix) + identity
      row = try row.matrixProduct(joined / joined.sum(axes: [1]).withAxis(at: 1))
    }
    return row
  }

  private func joined(_ heads: Tensor) throws(TensorError) -> Tensor {
    switch self.heads {
    case .mean: try heads.mean(axes: [0])
    case .max: try heads.maximum(axes: [0])
    case .min: try (heads * -1).maximum(axes: [0]) * -1
    }
  }
}

extension AttentionRollout: MenuMethod {
  static let table: [MethodSetting<AttentionRollout>] = [
    .choice(
      "heads", \.heads, "what becomes of several heads: their mean, the largest, the smallest")
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Attention rollout on the menu.
  static let entry = ExplainerEntry(
    AttentionRollout(), named: "attention-rollout", title: "Attention rollout",
    summary: "what attention hands on over a transformer's layers; the same for every class",
    source: "Abnar and Zuidema 2020", knowsClasses: false)
}
