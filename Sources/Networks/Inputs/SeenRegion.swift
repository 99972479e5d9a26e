package import Imagery

/// The part of a picture that a network is shown, where it is not the one that its card says.
public enum SeenRegion: Hashable, Sendable {
  /// The whole picture, squashed to the network's input.
  case whole
  /// A rectangle in the picture's pixels, squashed to the network's input.
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

extension Preprocessing {
  /// The region that takes the place of the card's own; `nil` where there is none, or it is the card's own to the
  /// nearest pixel, which is then cut as the card says.
  ///
  /// - Throws: `PictureError` where it does not lie in the picture.
  func otherRegion(of picture: Picture) throws(PictureError) -> Region? {
    guard let region else { return nil }
    var part = Region(of: picture)
    if case .rectangle(let x, let y, let width, let height) = region {
      guard x <= picture.width - width, y <= picture.height - height else {
        throw .partOutside(
          x: x, y: y, width: width, height: height, ofWidth: picture.width,
          ofHeight: picture.height)
      }
      part = Region(
        x: Double(x), y: Double(y), width: Double(width), height: Double(height))
    }
    return part == cardRegion(of: picture).rounded ? nil : part
  }

  /// The part of a picture that the network sees, in the picture's pixels.
  package func region(of picture: Picture) -> Region {
    (try? otherRegion(of: picture)) ?? cardRegion(of: picture)
  }

  private func cardRegion(of picture: Picture) -> Region {
    let plan = geometry(pictureWidth: picture.width, pictureHeight: picture.height)
    let across = Double(picture.width) / Double(plan.resizedWidth)
    let down = Double(picture.height) / Double(plan.resizedHeight)
    return Region(
      x: Double(plan.left) * across, y: Double(plan.top) * down,
      width: Double(plan.width) * across, height: Double(plan.height) * down)
  }
}

extension Region {
  /// The same with edges on whole pixels.
  fileprivate var rounded: Region {
    let (left, top) = (x.rounded(), y.rounded())
    return Region(
      x: left, y: top, width: (x + width).rounded() - left, height: (y + height).rounded() - top)
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
