public import Imagery
public import Networks
public import Tensors
public import Terms

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What stands for “nothing to see”: the picture that an explained one is compared with.
///
/// Baselines live in picture space, where a channel runs from 0 to 1, and not in the network's
/// normalised space: ``black`` is what a black picture becomes by the card's normalisation.
///
///     input = (picture − mean) / std
public enum Baseline: Hashable, Sendable {
  /// A black picture.
  case black
  /// A white picture.
  case white
  /// The card's mean colour, which is 0 after normalisation.
  case mean
  /// The explained picture behind a Gaussian blur of standard deviation `sigma`, in pixels of the
  /// input.
  case blur(sigma: Float)
  /// The explained picture with normal noise of standard deviation `sigma`, as a fraction of 0…1,
  /// moved into 0…1.
  case noise(sigma: Float, seed: Seed)
  /// Another picture, resized and cut as the explained one.
  case picture(Picture)

  /// The baseline of an input, as the network sees it.
  ///
  /// - Shapes: `input` and the result are `[1, C, H, W]`.
  public func input(for network: Network, at input: Tensor) throws -> Tensor {
    let card = network.card.input
    switch self {
    case .black: return try card.normalised(Tensor(0), as: input)
    case .white: return try card.normalised(Tensor(1), as: input)
    case .mean: return try input * 0
    case .blur(let sigma):
      return try card.normalised(GaussianBlur(sigma: sigma)(card.picture(of: input)), as: input)
    case .noise(let sigma, let seed):
      var stream = RandomStream(seed)
      let noise = try Tensor.normals(input.shape, from: &stream).on(input.device)
      return try card.normalised(
        (card.picture(of: input) + noise * sigma).clamped(to: 0...1), as: input)
    case .picture(let picture): return try card.input(from: picture).on(input.device)
    }
  }
}

extension Preprocessing {
  /// The picture of an input, its channels running from 0 to 1.
  fileprivate func picture(of input: Tensor) throws -> Tensor {
    try input * channelTensor(std, for: input) + channelTensor(mean, for: input)
  }

  /// The input of a picture whose channels run from 0 to 1, or of one number everywhere.
  fileprivate func normalised(_ picture: Tensor, as input: Tensor) throws -> Tensor {
    try
      ((picture.on(input.device) - channelTensor(mean, for: input))
      / channelTensor(std, for: input)).expanded(input.shape)
  }

  private func channelTensor(_ values: [Float], for input: Tensor) throws -> Tensor {
    try Tensor(values, shape: [1, values.count, 1, 1]).on(input.device)
  }
}

/// A blur by a Gaussian window that ends at 4σ, edges reflected (d c b a | a b c d | d c b a).
///
/// It is a product with one matrix for the rows and one for the columns, so the window may be wider
/// than the picture.
struct GaussianBlur {
  let sigma: Float

  /// Blurs `[1, C, H, W]`.
  func callAsFunction(_ picture: Tensor) throws -> Tensor {
    let shape = picture.shape
    let across = try picture.reshaped([-1, shape[3]])
      .matrixProduct(matrix(shape[3]).on(picture.device)).reshaped(shape).permuted([0, 1, 3, 2])
    return try across.reshaped([-1, shape[2]])
      .matrixProduct(matrix(shape[2]).on(picture.device))
      .reshaped([shape[0], shape[1], shape[3], shape[2]]).permuted([0, 1, 3, 2])
  }

  /// Row and column `i` hold what pixel `i` gets of each pixel; the matrix is symmetric.
  private func matrix(_ length: Int) throws -> Tensor {
    let radius = Int(4 * sigma + 0.5)
    let window = (-radius...radius).map { distance in
      sigma > 0 ? exp(-0.5 * (Double(distance) * Double(distance)) / Double(sigma * sigma)) : 1
    }
    let sum = window.reduce(0, +)
    var weights = [Double](repeating: 0, count: length * length)
    for i in 0..<length {
      for (k, weight) in window.enumerated() {
        let place = i + k - radius
        let wrapped = ((place % (2 * length)) + 2 * length) % (2 * length)
        weights[i * length + min(wrapped, 2 * length - 1 - wrapped)] += weight / sum
      }
    }
    return try Tensor(weights.map(Float.init), shape: [length, length])
  }
}
