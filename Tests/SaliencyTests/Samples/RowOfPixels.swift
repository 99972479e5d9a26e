import Networks
import Tensors
import TestSupport

/// Networks of a row of twelve grey pixels, and a picture for them.
enum RowOfPixels {
  static let weights: [Float] = [0.5, -1, 2, 0.25, 3, -2, 1, 1.5, -0.5, 0.75, -3, 2.5]
  static let pixels: [Float] = [0.1, 0.9, 0.4, 0.6, 0.2, 0.8, 0.3, 0.5, 1, 0, 0.7, 0.35]

  static func input() throws -> Tensor { try Tensor(pixels, shape: [1, 1, 1, 12]) }

  /// The logits are `w · x + 0.5` and `−w · x`.
  static func linear() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.perceptron([([weights, weights.map { -$0 }], [0.5, 0])]))
  }

  /// Three logits with many bends.
  static func bent() throws -> Network { try ToyNetworks.network(ToyNetworks.bent()) }
}
