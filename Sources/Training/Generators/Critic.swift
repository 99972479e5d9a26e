internal import Networks
internal import Tensors

/// The critic of a Wasserstein GAN: its scores of pictures differ by at most about their distance.
struct Critic {
  private let program: Program

  init(_ program: Program) { self.program = program }

  var parameters: [String: Tensor] { program.parameters }

  /// How much higher pictures are scored than generated ones, in the mean, recorded.
  ///
  ///     𝔼 D(x) − 𝔼 D(G(z))            (Arjovsky, Chintala and Bottou 2017, equation 3)
  func difference(
    _ pictures: Tensor, _ generated: Tensor, at parameters: [String: Tensor]
  ) throws -> Tensor {
    let count = pictures.shape[0]
    let scores = try program.recordedOutput(
      for: Tensor.concatenated([pictures, generated]), at: parameters)
    return try scores.slice(axis: 0, 0..<count).mean(axes: [0, 1])
      - scores.slice(axis: 0, count..<scores.shape[0]).mean(axes: [0, 1])
  }

  /// How far slopes are from 1 between pictures and generated ones, recorded.
  ///
  ///     𝔼 (‖∇D(x̂)‖₂ − 1)²,  x̂ = t x + (1 − t) G(z)     (Gulrajani et al. 2017, equation 3)
  ///
  /// - Parameter shares: t of each pair, `[N, 1, 1, 1]`.
  func penalty(
    _ pictures: Tensor, _ generated: Tensor, shares: Tensor, at parameters: [String: Tensor]
  ) throws -> Tensor {
    let between = try (generated + shares * (pictures - generated)).leaf()
    let scores = try program.recordedOutput(for: between, at: parameters).sum()
    guard let slopes = try scores.gradient(withRespectTo: [between], recording: true)[0] else {
      throw TensorError.unexpectedResult(operation: "gradient")
    }
    // The root has no slope at 0.
    let norms = try (slopes.squared().sum(axes: [1, 2, 3]) + 1e-12).squareRoots()
    return try (norms - 1).squared().mean(axes: [0])
  }

  /// The mean score, recorded.
  func score(_ pictures: Tensor) throws -> Tensor {
    try program.recordedOutput(for: pictures).mean(axes: [0, 1])
  }

  func on(_ device: Device) throws -> Critic { Critic(try program.on(device)) }

  func replacing(_ parameters: [String: Tensor]) -> Critic {
    Critic(program.replacing(parameters: parameters))
  }
}
