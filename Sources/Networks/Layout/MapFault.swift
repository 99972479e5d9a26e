/// Why the output of a layer is no stack of maps over the picture.
public enum MapFault: Hashable, Sendable {
  /// It is not `[N, K, h, w]` of numbers with more than one place.
  case shape([Int?])
  /// Its channels come last, `[N, h, w, K]`.
  case channelsLast([Int?])
  /// It lies inside an attention, where the axes are heads and tokens.
  case attention([Int?])
  /// Its rows and columns have changed places.
  case turned([Int?])
  /// Its first axis does not count pictures, as where a picture is cut into windows.
  case windows([Int?])
  /// Its height and width are not in the ratio of the picture's.
  case ratio([Int?], input: [Int?])
  /// No operator says what its axes stand for.
  case unknown([Int?])
  /// It is the same for every picture.
  case constant
}

extension MapFault: CustomStringConvertible {
  /// What it is instead, to follow “the output of this layer”.
  public var description: String {
    switch self {
    case .shape(let shape): "has shape \(shape.shapeText), not [N, K, h, w] with several places"
    case .channelsLast(let shape):
      "has its channels last, \(shape.shapeText) as [N, h, w, K], which Rather does not explain at yet"
    case .attention(let shape):
      "lies inside an attention: \(shape.shapeText) are heads and tokens, not channels and places"
    case .turned(let shape): "has the axes of its maps in another order, \(shape.shapeText)"
    case .windows(let shape):
      "holds \(shape.shapeText) parts of a picture in its first axis, not whole pictures"
    case .ratio(let shape, let input):
      "has maps of \(shape.suffix(2).sizeText) places, which are not in the ratio of the input's "
        + "\(input.suffix(2).sizeText) pixels"
    case .unknown(let shape):
      "has shape \(shape.shapeText), of which no operator says that it is [N, K, h, w]"
    case .constant: "does not depend on the picture"
    }
  }
}

extension Sequence where Element == Int? {
  /// The lengths in brackets; N for one that follows the input.
  var shapeText: String { "[" + map { $0.map(String.init) ?? "N" }.joined(separator: ", ") + "]" }

  /// Height and width.
  fileprivate var sizeText: String {
    map { $0.map(String.init) ?? "any" }.joined(separator: " × ")
  }
}
