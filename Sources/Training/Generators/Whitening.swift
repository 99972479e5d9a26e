internal import Foundation
internal import Tensors

/// A linear change of codes after which those of other pictures like these have mean 0 and covariance I.
///
///     z = L⁻¹ (c − μ),  Σ̂ = s² ((1 − λ) Σ + λ v I) = L Lᵀ
///
/// with mean μ, covariance Σ and mean variance v of the codes c that were learnt from, in double precision.
/// λ is 0 and s 1 where the codes are many, and those that were learnt from then have mean 0 and covariance
/// I exactly. Few codes do not vary in most directions, and stretched to variance 1 there, those of any
/// other picture lie hundreds of deviations away. So pictures that were kept decide. Where they lie further
/// than 1¼ √k in the root mean square, λ is, of nine, the smallest under which they are as likely, to one
/// standard error, as under the best, drawn from N(μ, Σ̂); s is then such that they lie at √k.
///
/// 10⁻⁶ of v is added, so that L exists; directions without any variance stay so.
struct Whitening {
  private let mean: Tensor
  private let factor: Tensor
  /// λ.
  let shrinkage: Double

  /// - Parameters:
  ///   - codes: `[N, k]`, those that were learnt from.
  ///   - kept: `[M, k]`, those of other pictures of the same kind.
  init(of codes: Tensor, judgedBy kept: Tensor) throws {
    let (count, length) = (codes.shape[0], codes.shape[1])
    let codes = try codes.converted(to: .float64)
    mean = try codes.mean(axes: [0])
    let centred = try codes - mean
    let covariance = try centred.permuted([1, 0]).matrixProduct(centred) * (1 / Float(count))
    let identity = try Tensor.identity(length).converted(to: .float64)
    let variance = try (covariance * identity).sum().number() / Float(length)
    let judges = try kept.converted(to: .float64) - mean
    func choice(_ share: Float) throws -> Choice {
      let shrunk = try covariance * (1 - share) + identity * (share * variance)
      return try Choice(
        share, factor: (shrunk + identity * max(1e-6 * variance, 1e-12)).choleskyFactor(),
        identity, judges)
    }
    let plain = try choice(0)
    let chosen =
      plain.reach <= Self.furthestReach
      ? plain : Choice.smallestOfTheBest(try Self.shares.map(choice))
    (factor, shrinkage) = (try chosen.factor * chosen.scale, Double(chosen.share))
  }

  private static let furthestReach = 1.25
  private static let shares: [Float] = [1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1]

  /// Changes an encoder's last layer and a decoder's first, no hidden ones, such that codes are z, and every code
  /// decodes to what it did.
  ///
  ///     W′ = L⁻¹ W,  b′ = L⁻¹ (b − μ);   V′ = V L,  a′ = a + V μ
  func fold(into parameters: inout [String: Tensor]) throws {
    let inverse = try factor.inverted()
    func change(_ layer: String, _ change: (Tensor, Tensor) throws -> (Tensor, Tensor)) throws {
      let keys = ["\(layer).weight", "\(layer).bias"]
      guard let weight = parameters[keys[0]], let bias = parameters[keys[1]] else { return }
      let (newWeight, newBias) = try change(
        weight.converted(to: .float64), bias.converted(to: .float64).withAxis(at: 1))
      parameters[keys[0]] = try newWeight.converted(to: .float32)
      parameters[keys[1]] = try newBias.reshaped([-1]).converted(to: .float32)
    }
    let column = try mean.withAxis(at: 1)
    try change(CodingLayout.codeLayer) { weight, bias in
      (try inverse.matrixProduct(weight), try inverse.matrixProduct(bias - column))
    }
    try change(CodingLayout.mapLayer) { weight, bias in
      (try weight.matrixProduct(factor), try bias + weight.matrixProduct(column))
    }
  }
}

/// A share λ, and how likely kept codes are under it.
private struct Choice {
  let share: Float
  let factor: Tensor
  /// s.
  let scale: Float
  /// How far kept codes lie without s, in units of √k.
  let reach: Double
  /// Of each kept code, without the constant.
  private let logLikelihoods: [Double]

  init(_ share: Float, factor: Tensor, _ identity: Tensor, _ judges: Tensor) throws {
    (self.share, self.factor) = (share, factor)
    let whitened = try factor.inverted().matrixProduct(judges.permuted([1, 0]))
    let norms = try (whitened * whitened).sum(axes: [0]).converted(to: .float32).floats()
      .map(Double.init)
    let length = Double(judges.shape[1])
    let meanNorm = norms.reduce(0, +) / Double(max(norms.count, 1))
    reach = (meanNorm / length).squareRoot()
    let squaredScale = share > 0 && meanNorm > 0 ? meanNorm / length : 1
    scale = Float(squaredScale.squareRoot())
    let logVolume =
      Double(try (factor * identity).sum(axes: [1]).log().sum().number())
      + length * log(squaredScale) / 2
    logLikelihoods = norms.map { -$0 / squaredScale / 2 - logVolume }
  }

  private var mean: Double {
    logLikelihoods.reduce(0, +) / Double(max(logLikelihoods.count, 1))
  }

  /// The first that is no less likely than the best but by one standard error of the difference.
  static func smallestOfTheBest(_ choices: [Choice]) -> Choice {
    let best = choices.dropFirst().reduce(choices[0]) { $1.mean > $0.mean ? $1 : $0 }
    return choices.first { choice in
      let losses = zip(best.logLikelihoods, choice.logLikelihoods).map { $0 - $1 }
      let (count, loss) = (Double(losses.count), best.mean - choice.mean)
      let squares = losses.reduce(0) { $0 + ($1 - loss) * ($1 - loss) }
      return loss <= (count > 1 ? (squares / (count - 1) / count).squareRoot() : 0)
    } ?? best
  }
}
