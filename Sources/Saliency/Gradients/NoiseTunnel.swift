internal import Networks
internal import Tensors
public import Terms

/// A method's maps of many noisy copies of the input, made one.
///
///     xᵢ = x + εᵢ,  εᵢ ~ N(0, σ²),  σ = noise · (max x − min x),  Rᵢ = R(xᵢ)
///
///     SmoothGrad: Σᵢ Rᵢ / n        SmoothGrad-squared: Σᵢ Rᵢ² / n        VarGrad: Σᵢ (Rᵢ − R̄)² / n
///
/// [Smilkov et al. 2017], [Hooker et al. 2019], and [Adebayo et al. 2018] for the variance. The
/// scores are chosen by the answer for x itself. A baseline that depends on the picture follows the
/// noisy one.
///
/// - Shapes: as the method's attributions `[C, H, W]`; of a method that makes none, as its maps
///   `[H, W]`.
/// - Range: squares and variances are 0 or more, in squared units of the method.
/// - Randomness: `εᵢ` is drawn from item i of the seed's stream.
/// - Complexity: `samples` times the method; a ``GradientExplainer`` gets several samples at once.
///
/// [Smilkov et al. 2017]: https://arxiv.org/abs/1706.03825
/// [Hooker et al. 2019]: https://arxiv.org/abs/1806.10758
/// [Adebayo et al. 2018]: https://arxiv.org/abs/1810.03292
public struct NoiseTunnel: Explainer {
  /// What the maps become.
  public enum Statistic: String, Sendable, CaseIterable {
    /// Their mean.
    case mean
    /// The mean of their squares.
    case squared
    /// Their variance.
    case variance
  }

  /// The method whose attributions at noisy inputs are averaged.
  public var base: any Explainer
  /// What its maps become.
  public var statistic: Statistic
  /// How many noisy copies there are.
  public var samples: Int
  /// σ as a fraction of the input's range.
  public var noise: Float
  /// What the noise follows from.
  public var seed: Seed

  /// Smooths a method.
  public init(
    _ base: any Explainer, statistic: Statistic = .mean, samples: Int = 25, noise: Float = 0.15,
    seed: Seed
  ) {
    self.base = base
    self.statistic = statistic
    self.samples = samples
    self.noise = noise
    self.seed = seed
  }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let (network, input) = (request.network, request.input)
    let output = try network.program.output(for: input.tensor)
    let prediction = try network.prediction(from: output)
    let scores = try request.scores(prediction)
    let noisy = try NoisyInputs(of: input.tensor, noise: noise, seed: seed)
    var gathered = GatheredMaps(over: input.features)
    let values = try network.values(of: scores, from: output).floats()
    func found() throws -> Explanation {
      Explanation(prediction: prediction, scores: values, maps: try gathered.maps(statistic))
    }
    let size = PointGradients(of: scores, in: network, within: request.resources).batch
    let batch = base is any GradientExplainer ? size : 1
    for first in stride(from: 0, to: samples, by: batch) {
      let range = first..<min(first + batch, samples)
      let inputs = try noisy.inputs(range)
      func report(_ update: ProgressUpdate) throws {
        try request.progress(
          ProgressUpdate(
            completed: first * update.total + range.count * update.completed,
            total: samples * update.total, note: update.note))
      }
      if let method = base as? any GradientExplainer {
        try gathered.add(
          method.attributions(
            of: scores, in: network, at: inputs, within: request.resources, progress: report
          ).signed)
      } else {
        let found = try base.maps(
          for: request.changing(input: input.replacing(inputs), progress: report)
            .asking { _ in [scores] })
        try gathered.add(found.maps)
      }
      if range.upperBound < samples { try request.partial?(found) }
    }
    return try found()
  }
}

/// Copies of an input with normal noise.
struct NoisyInputs {
  private let input: Tensor
  private let deviation: Float
  private let stream: RandomStream

  init(of input: Tensor, noise: Float, seed: Seed) throws(TensorError) {
    self.input = input
    let range = try input.extremes()
    deviation = noise * (range.upperBound - range.lowerBound)
    stream = RandomStream(seed)
  }

  /// Some of the copies, `[n, …]`.
  func inputs(_ range: Range<Int>) throws(TensorError) -> Tensor {
    if deviation == 0 { return try input.expanded([range.count] + input.shape.dropFirst()) }
    return try Tensor.concatenated(
      range.map { i throws(TensorError) in
        var stream = stream.stream(for: i)
        return try input + Tensor.normals(input.shape, from: &stream).on(input.device) * deviation
      })
  }
}
