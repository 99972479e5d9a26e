/// Why the output of a layer is no stack of maps over the picture.
public enum MapFault: Hashable, Sendable {
  /// It holds no row of channels for each of several places.
  case shape([Int?])
  /// It lies inside an attention, where the axes are heads and tokens.
  case attention([Int?])
  /// Its first axis does not count pictures, as where a picture is cut into windows.
  case windows([Int?])
  /// Its height and width are not in the ratio of the picture's.
  case ratio([Int?], input: [Int?])
  /// No operator says what its axes stand for.
  case unknown([Int?])
  /// It is the same for every picture.
  case constant
  /// Nothing leads from it to the output.
  case aside
  /// Of its tokens the output is made of those alone that belong to no place.
  case unread([Int?])
}

extension MapFault: CustomStringConvertible {
  /// What it is instead, to follow “the output of this layer”.
  public var description: String {
    switch self {
    case .shape(let shape):
      "has shape \(shape.shapeText), which is not channels at several places of the picture"
    case .attention(let shape):
      "lies inside an attention: \(shape.shapeText) are heads and tokens, not channels and places"
    case .windows(let shape):
      "holds \(shape.shapeText) parts of a picture in its first axis, not whole pictures"
    case .ratio(let grid, let input):
      "has maps of \(grid.sizeText) places, which are not in the ratio of the input's "
        + "\(input.suffix(2).sizeText) pixels"
    case .unknown(let shape):
      "has shape \(shape.shapeText), of which no operator says where the channels and places are"
    case .constant: "does not depend on the picture"
    case .aside: "does not lead to the explained output"
    case .unread(let shape):
      "has tokens \(shape.shapeText), of which the network reads only those without a place in the picture from there "
        + "on, such as the class token"
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
