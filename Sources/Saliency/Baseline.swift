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

/// What stands for “nothing”: the input that an explained one is compared with.
///
/// Texts have ``mean`` alone, tokens that mean nothing; rows of tables have ``mean`` and ``noise(sigma:seed:)``.
/// Baselines of pictures live in picture space, where a channel runs from 0 to 1, and not in the network's
/// normalised space: ``black`` is what a black picture becomes by the card's normalisation.
///
///     input = (picture − mean) / std
public enum Baseline: Hashable, Sendable {
  /// A black picture.
  case black
  /// A white picture.
  case white
  /// The card's mean colour, which is 0 after normalisation; the means of a table's columns; tokens that mean
  /// nothing.
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
  /// - Shapes: `input` and the result are `[1, …]`.
  /// - Throws: ``InputError/noBaseline(_:of:)`` for what only pictures have, of another input.
  public func input(for network: Network, at input: Tensor) throws -> Tensor {
    switch network.form {
    case .image(let preprocessing): try picture(of: preprocessing, at: input)
    case .tokens(let tokenizer): try blanks(of: tokenizer, in: network, at: input)
    case .table: try row(at: input)
    }
  }

  /// That of a picture.
  private func picture(of card: Preprocessing, at input: Tensor) throws -> Tensor {
    let normalisation = card.normalisation
    func normalised(_ picture: Tensor) throws -> Tensor {
      try normalisation.applied(to: picture.on(input.device), rank: input.rank)
        .expanded(input.shape)
    }
    switch self {
    case .black: return try normalised(Tensor(0))
    case .white: return try normalised(Tensor(1))
    case .mean: return try input * 0
    case .blur(let sigma):
      return try normalised(GaussianBlur(sigma: sigma)(normalisation.undone(from: input)))
    case .noise(let sigma, let seed):
      let noise = try Self.noise(like: input, seed)
      return try normalised(
        (normalisation.undone(from: input) + noise * sigma).clamped(to: 0...1))
    case .picture(let picture): return try card.withoutRegion.input(from: picture).on(input.device)
    }
  }

  /// That of a text: as many tokens that mean nothing.
  private func blanks(
    of tokenizer: any Tokenizer, in network: Network, at input: Tensor
  ) throws -> Tensor {
    guard case .mean = self else { throw InputError.noBaseline(name, of: network.form.noun) }
    let numbers = Array(repeating: tokenizer.blank, count: input.shape[1])
    return try network.embedded(numbers, on: input.device)
  }

  /// That of a row: the mean of each column, or the row with noise in units of its columns' `std`.
  private func row(at input: Tensor) throws -> Tensor {
    switch self {
    case .mean: return try input * 0
    case .noise(let sigma, let seed): return try input + Self.noise(like: input, seed) * sigma
    default: throw InputError.noBaseline(name, of: "row")
    }
  }

  private static func noise(like input: Tensor, _ seed: Seed) throws -> Tensor {
    var stream = RandomStream(seed)
    return try Tensor.normals(input.shape, from: &stream).on(input.device)
  }

  /// What people call it.
  var name: String {
    switch self {
    case .black: "black"
    case .white: "white"
    case .mean: "mean"
    case .blur: "blur"
    case .noise: "noise"
    case .picture: "a picture"
    }
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
