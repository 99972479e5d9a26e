internal import Networks
internal import Tensors
internal import Terms

/// Eigen-CAM: where a layer's channels lie along the direction in which they are largest together.
///
///     A = U Σ Vᵀ, L = A v₁
///
/// with A the layer's numbers as a matrix `[h·w, K]`, a row for each place. [Muhammad and Yeasin 2020]. The paper
/// takes A as it is; pytorch-grad-cam takes each channel's mean away first, which is the default here, too, and shows
/// where places differ rather than where all channels are large. A singular vector has no sign: here the largest
/// magnitude of the map is positive, where pytorch-grad-cam keeps whichever sign its library gives, so that its maps are
/// upside down now and then.
///
/// - Contrast: **the method has no class**. It looks at the layer and not at the output, so its map is the same for every
///   question. It refuses a contrast and more than one score, rather than answer them with one map.
/// - Shapes: `[h, w]` at the layer; enlarged bilinearly (corners not aligned) after the rectification.
/// - Range: that of the layer's numbers, signed at the layer.
/// - Randomness: none.
/// - Complexity: a forward pass, and an eigenvector of a matrix of as many rows as places or channels, whichever are
///   fewer.
///
/// [Muhammad and Yeasin 2020]: https://arxiv.org/abs/2008.00299
public struct EigenCAM: Explainer, Hashable {
  /// What is taken away from a layer's numbers before the singular vector is found.
  public enum Centring: String, Sendable, CaseIterable {
    /// Each channel's mean, as pytorch-grad-cam does.
    case mean
    /// Nothing, as the paper has it.
    case none
  }

  /// What is taken away first.
  public var centring: Centring

  /// Chooses the settings.
  public init(centring: Centring = .mean) { self.centring = centring }

  /// One map; see the type.
  ///
  /// - Throws: ``SettingError/hasNoClass(_:)`` for a contrast or several scores.
  public func maps(for request: MapRequest) throws -> Explanation {
    let layer = try request.layer()
    let network = request.network
    let run = try network.program.run(upTo: layer, input: request.input.tensor)
    let output = try run.output(replacing: run.activation)
    let prediction = try network.prediction(from: output)
    let scores = try request.scores(prediction)
    try ClasslessScores.check(scores, of: menuName)
    let map = try principalMap(layer.stacked(run.activation).converted(to: .float64))
    try request.progress(ProgressUpdate(completed: 1, total: 1))
    return Explanation(
      prediction: prediction,
      scores: try network.values(of: scores, from: output).floats(),
      maps: try request.rectifiedMaps(map.withAxis(at: 0)))
  }

  /// The map `[h, w]` of a layer's `[1, K, h, w]`.
  private func principalMap(_ activation: Tensor) throws -> Tensor {
    let shape = activation.shape
    let (channels, places) = (shape[1], shape[2] * shape[3])
    var rows = try activation.reshaped([channels, places])
    if centring == .mean { rows = try rows - rows.meanKeepingAxes([1]) }
    let columns = try rows.permuted([1, 0])
    // The larger of the two matrices has the same singular values, and zeros.
    let map: Tensor
    if channels <= places {
      let first = try Self.largest(rows.matrixProduct(columns))
      map = try columns.matrixProduct(first)
    } else {
      let first = try Self.largest(columns.matrixProduct(rows))
      let length = try rows.matrixProduct(first).squared().sum().squareRoots()
      map = try first * length
    }
    let extremes = try map.converted(to: .float32).extremes()
    let sign: Float = -extremes.lowerBound > extremes.upperBound ? -1 : 1
    return try (map * sign).converted(to: .float32).reshaped([shape[2], shape[3]])
  }

  /// The eigenvector `[n, 1]` of the largest eigenvalue.
  private static func largest(_ matrix: Tensor) throws -> Tensor {
    let count = matrix.shape[0]
    return try matrix.eigenvectors().vectors.slice(axis: 1, count - 1..<count)
  }
}

extension EigenCAM: MenuMethod {
  static let table: [MethodSetting<EigenCAM>] = [
    .choice(
      "centring", \.centring,
      "what is taken away first: each channel's mean, or none as in the paper")
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Eigen-CAM on the menu.
  static let entry = ExplainerEntry(
    EigenCAM(), named: "eigen-cam", title: "Eigen-CAM",
    summary: "where a layer's channels are largest together; the same for every class",
    source: "Muhammad and Yeasin 2020", layerUse: .always, knowsClasses: false)
}
