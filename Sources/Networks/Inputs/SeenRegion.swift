internal import Imagery

/// The part of a picture that a network is shown, where it is not the one that its card says; it is squashed to the
/// input where no ``Preprocessing/View`` says otherwise.
public enum SeenRegion: Hashable, Sendable {
  /// The whole picture.
  case whole
  /// A rectangle in the picture's pixels.
  case rectangle(x: Int, y: Int, width: Int, height: Int)

  /// Reads `whole`, or `x,y,width,height` in pixels from the upper left.
  public init?(_ text: String) {
    if text == "whole" {
      self = .whole
      return
    }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let range = 0...Picture.maximumPixelCount
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3], [x, y, width, height].allSatisfy(range.contains), width > 0,
      height > 0
    else { return nil }
    self = .rectangle(x: x, y: y, width: width, height: height)
  }
}

extension SeenRegion: CustomStringConvertible {
  /// As it is typed.
  public var description: String {
    switch self {
    case .whole: "whole"
    case .rectangle(let x, let y, let width, let height): "\(x),\(y),\(width),\(height)"
    }
  }
}

extension SeenRegion: Codable {
  /// Reads it as it is typed.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let region = SeenRegion(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "it must be whole or like 10,20,200,200, not “\(text)”"))
    }
    self = region
  }

  /// Writes it as it is typed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Network {
  /// The same network, which is shown another part of each picture than its card says.
  public func seeing(_ region: SeenRegion?) throws(UnsuitedNetwork) -> Network {
    guard let region else { return self }
    var preprocessing = try preprocessing
    preprocessing.region = region
    return replacing(form: .image(preprocessing))
  }
}
