internal import Foundation

/// How new pixels are made of old ones where a picture changes its size: Pillow's filters, by its names.
public enum Interpolation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The old pixel that lies at the middle of the new one.
  case nearest
  /// The mean of the old pixels that the new one covers.
  case box
  /// Weights that fall in a straight line, to 0 at a pixel's distance.
  case bilinear
  /// A cosine in a window, sharper than ``bilinear``.
  case hamming
  /// Cubic curves, with a = −1/2 (Keys 1981).
  case bicubic
  /// A sinc in the window of another, over three pixels to each side.
  case lanczos
}

extension Interpolation {
  /// How far from a new pixel's middle old ones count, in the larger of old and new pixels.
  var reach: Double {
    switch self {
    case .nearest, .box: 0.5
    case .bilinear, .hamming: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// What an old pixel counts at a distance, before weights are made to sum to 1.
  func weight(at offset: Double) -> Double {
    let distance = abs(offset)
    switch self {
    case .nearest, .box: return offset > -0.5 && offset <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - distance)
    case .hamming:
      if distance == 0 { return 1 }
      if distance >= 1 { return 0 }
      let angle = distance * .pi
      return sin(angle) / angle * (0.54 + 0.46 * cos(angle))
    case .bicubic:
      let a = -0.5
      if distance < 1 { return ((a + 2) * distance - (a + 3)) * distance * distance + 1 }
      if distance < 2 { return (((distance - 5) * distance + 8) * distance - 4) * a }
      return 0
    case .lanczos:
      return offset >= -3 && offset < 3 ? Self.sinc(offset) * Self.sinc(offset / 3) : 0
    }
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}
