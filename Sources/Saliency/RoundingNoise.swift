internal import Networks
internal import Tensors
internal import Terms

/// How far rounding alone moves scores at a picture.
///
/// The scores are taken of the picture by the plain program, and by a program that is to be used of
/// copies whose numbers are moved by at most a unit in their last place: inputs that no picture
/// tells apart, in a batch. The range of what is found, and at least a unit in the last place of what the
/// scores are made of, is noise.
///
/// - Randomness: none; the copies are always the same.
/// - Complexity: a forward pass of at most eight copies.
struct RoundingNoise {
  /// For each score.
  let ranges: [Float]

  /// Noise draws a wider range the more there are of it: thousands of normal numbers lie within 8
  /// deviations, nine of them within 3 usually.
  static let width: Float = 4

  /// - Parameters:
  ///   - values: The scores at the picture, by the plain program.
  ///   - batch: How many copies a pass takes.
  ///   - type: The coarsest numbers that are computed in.
  init(
    of scores: [Score], _ values: [Float], in network: Network, at input: Tensor,
    answering prediction: Prediction, computing type: ElementType, batch: Int,
    output: (Tensor) throws -> Tensor
  ) throws {
    let unit = type.unit
    let count = max(1, min(8, batch))
    var stream = RandomStream(0)
    let reach = try input.magnitudes().extremes().upperBound * unit
    let draws = (0..<count * input.count).map { _ in (2 * stream.uniform() - 1) * reach }
    let copies =
      try input
      + Tensor(draws, shape: [count] + input.shape.dropFirst())
      .on(input.device)
    let found = try network.values(of: scores, from: output(copies)).floats()
    let largest = prediction.classes.map { abs($0.logit) }.max() ?? 0
    ranges = scores.indices.map { s in
      let all = found[s * count..<(s + 1) * count] + [values[s]]
      let range = (all.max() ?? 0) - (all.min() ?? 0)
      let size =
        if case .probability = scores[s] { abs(values[s]) } else {
          max(abs(values[s]), largest)
        }
      return max(range, size * unit)
    }
  }
}

extension ElementType {
  /// The distance of 1 from the next number.
  fileprivate var unit: Float {
    switch self {
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    default: 0x1p-23
    }
  }
}

extension Program {
  /// The coarsest of the types that its weights have.
  var coarsestType: ElementType {
    weightTypes.contains(.bfloat16)
      ? .bfloat16 : weightTypes.contains(.float16) ? .float16 : .float32
  }
}
