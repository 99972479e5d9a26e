import Foundation
import Training

extension GeneratorTest {
  /// What is printed of it.
  var text: String {
    switch self {
    case .variational(let crossEntropy, let divergence, let squaredError):
      String(
        format: "Test loss %.2f nats a picture (cross-entropy %.2f, divergence %.2f)\n",
        crossEntropy + divergence, crossEntropy, divergence) + Self.error(squaredError)
    case .autoencoder(let squaredError): Self.error(squaredError)
    }
  }

  private static func error(_ squaredError: Float) -> String {
    String(format: "Test reconstruction error %.5f (mean square, pixels of 0…1)", squaredError)
  }
}
