import Foundation
import Rather
import TestSupport

/// A folder with a network whose maps can be worked out by hand, and a grey photo of its size.
///
/// The network is `y = W · mean over places of ReLU(k x + b)` on 4 × 6 pixels.
struct ToyPlace {
  static let kernels: [Float] = [1, -2, 0.5]
  static let biases: [Float] = [0.1, 1, 0]
  static let head: [[Float]] = [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]
  static let labels = ["cello", "violin", "viola"]
  static let greys = (0..<24).map { UInt8($0 * 53 % 256) }

  let folder: URL

  init() throws {
    folder = try References.temporaryFolder()
    try Self.program().write(to: url("toy.pt2").path)
    try ToyNetworks.card(height: 4, width: 6, labels: Self.labels).write(to: url("toy.json").path)
    try Data(Self.picture().png()).write(to: url("photo.png"))
  }

  func url(_ name: String) -> URL { folder.appending(path: name) }

  static func program() throws -> Program {
    try ToyNetworks.pooled(kernels: kernels, biases: biases, head: head, height: 4, width: 6)
  }

  static func picture() throws -> Picture {
    try Picture(width: 6, height: 4, pixels: greys.flatMap { [$0, $0, $0] })
  }

  /// Grad-CAM of the log-odds of two classes at the ReLU, by hand, before its own ReLU:
  /// `Σₖ (W_Pk − W_Qk) / 24 · ReLU(kₖ x + bₖ)` at each place, for the log-odds of single classes are
  /// the difference of their logits.
  static func gradCAM(_ p: Int, _ q: Int) -> [Float] {
    greys.map { grey in
      kernels.indices.reduce(0) { sum, k in
        sum + (head[p][k] - head[q][k]) / 24
          * max(0, kernels[k] * Float(grey) / 255 + biases[k])
      }
    }
  }

  /// `p_C` of each class, by hand.
  static func probabilities(greys: [UInt8] = greys) -> [Double] {
    let means = kernels.indices.map { k in
      greys.reduce(0) { $0 + max(0, Double(kernels[k]) * Double($1) / 255 + Double(biases[k])) }
        / Double(greys.count)
    }
    let powers = head.map { row in
      exp(row.indices.reduce(0) { $0 + Double(row[$1]) * means[$1] })
    }
    return powers.map { $0 / powers.reduce(0, +) }
  }
}
