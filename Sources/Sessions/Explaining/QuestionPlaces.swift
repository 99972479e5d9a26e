internal import Foundation
internal import Imagery
internal import Networks
internal import Report
internal import Tensors
internal import Terms

/// Where in a picture a network is asked, that answers for each place.
struct QuestionPlaces: Sendable {
  /// A pixel of the photo.
  let at: PicturePoint?
  /// A picture of the photo's size, bright where is asked.
  let within: String?
  /// What is asked about; the class with the largest area where nobody said.
  let fact: ClassSet?

  /// What is asked of a network that answers for each place, as the places that it has for a picture.
  struct Found {
    let network: Network
    let places: Manifest.Places
    /// A sentence about them.
    let note: String
  }

  /// The network that is asked about the places.
  ///
  /// - Returns: `nil` for a network whose answer is one row.
  func found(for network: Network, at input: Input, of picture: Picture) throws -> Found? {
    guard network.isOfPlaces else {
      guard at == nil, within == nil else { throw PlaceError.oneRow }
      return nil
    }
    let output = try network.program.output(for: input.tensor)
    guard let grid = network.grid(of: output) else { throw PlaceError.oneRow }
    let seen = try network.preprocessing.region(of: picture)
    let map = PlaceGrid(rows: grid.rows, columns: grid.columns, seen: seen)
    let (weights, predicted, text) = try weights(map, network, output, picture)
    let count = weights.count { $0 > 0 }
    if count == 0 { throw PlaceError.outside(text) }
    return Found(
      network: try network.weighing(places: weights),
      places: Manifest.Places(
        at: at.map { [$0.x, $0.y] }, within: within, predicted: predicted, count: count,
        rows: grid.rows, columns: grid.columns),
      note: "The score is the mean over \(count) of the network's \(weights.count) places: \(text)."
    )
  }

  private func weights(
    _ map: PlaceGrid, _ network: Network, _ output: Tensor, _ picture: Picture
  ) throws -> (weights: [Float], predicted: [Manifest.Class]?, text: String) {
    if let at {
      guard at.x < picture.width, at.y < picture.height else {
        throw PlaceError.noPixel(at, width: picture.width, height: picture.height)
      }
      var weights = [Float](repeating: 0, count: map.count)
      if let place = map.place(of: at.x, at.y) { weights[place] = 1 }
      return (weights, nil, "that of the pixel \(at)")
    }
    if let within {
      let mask = try Picture(contentsOf: within)
      guard mask.width == picture.width, mask.height == picture.height else {
        throw PlaceError.maskSize(
          within, width: mask.width, height: mask.height, photoWidth: picture.width,
          photoHeight: picture.height)
      }
      return (map.weights(of: mask), nil, "those within \((within as NSString).lastPathComponent)")
    }
    if network.head == .values {
      return ([Float](repeating: 1, count: map.count), nil, "all")
    }
    let all = try network.prediction(from: output)
    let fact = fact ?? ClassSet(all.classes.first?.index ?? 0)
    let weights = try network.places(of: fact, in: output)
    let text = network.labels.text(fact)
    if !weights.contains(where: { $0 > 0 }) { throw PlaceError.nowhere(text) }
    return (
      weights, fact.indices.map { .init(index: $0, label: network.labels[$0]) },
      "those that it finds to be \(text)"
    )
  }
}

/// A pixel of a photo, counted from the upper left.
public struct PicturePoint: Hashable, Sendable, Codable, CustomStringConvertible {
  /// How many pixels lie to its left.
  public var x: Int
  /// How many lie above it.
  public var y: Int

  /// Names a pixel.
  public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }

  /// Reads `x,y`.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let x = parts[0], let y = parts[1], x >= 0, y >= 0 else { return nil }
    (self.x, self.y) = (x, y)
  }

  /// As it is typed.
  public var description: String { "\(x),\(y)" }

  /// Reads it as it is typed.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let point = PicturePoint(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "it must be like 120,80, not “\(text)”")
      )
    }
    self = point
  }

  /// Writes it as it is typed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Which pixels of a photo the places of an output lie over.
private struct PlaceGrid {
  let rows: Int
  let columns: Int
  /// The part of the photo that the network sees.
  let seen: Region

  var count: Int { rows * columns }

  /// The place over a pixel's middle; `nil` outside of what the network sees.
  func place(of x: Int, _ y: Int) -> Int? {
    let across = (Double(x) + 0.5 - seen.x) / seen.width * Double(columns)
    let down = (Double(y) + 0.5 - seen.y) / seen.height * Double(rows)
    guard across >= 0, down >= 0, across < Double(columns), down < Double(rows) else { return nil }
    return Int(down) * columns + Int(across)
  }

  /// How many bright pixels each place lies over.
  func weights(of mask: Picture) -> [Float] {
    var weights = [Float](repeating: 0, count: count)
    for y in 0..<mask.height {
      for x in 0..<mask.width {
        let start = 3 * (y * mask.width + x)
        let brightness = (0..<3).reduce(0) { $0 + Int(mask.pixels[start + $1]) }
        if brightness > 3 * 127, let place = place(of: x, y) { weights[place] += 1 }
      }
    }
    return weights
  }
}

/// What can be wrong with the places of a question.
enum PlaceError: Fault {
  /// The network's answer is one row for the whole picture.
  case oneRow
  case noPixel(PicturePoint, width: Int, height: Int)
  case maskSize(String, width: Int, height: Int, photoWidth: Int, photoHeight: Int)
  /// The network finds the class at no place.
  case nowhere(String)
  /// What was asked about lies outside of what the network sees.
  case outside(String)
  /// Something else than a question at places was asked.
  case wholeOnly(String)

  var kind: FaultKind { .usage }

  var description: String {
    switch self {
    case .oneRow:
      "--at and --within ask a network that answers for each place of a picture, and this one answers once for the "
        + "whole; leave them out"
    case .noPixel(let point, let width, let height):
      "there is no pixel \(point) in a picture of \(width) × \(height)"
    case .maskSize(let path, let width, let height, let photoWidth, let photoHeight):
      "\(path) has \(width) × \(height) pixels, and the picture has \(photoWidth) × \(photoHeight); --within is a "
        + "picture of the same size, bright where is asked"
    case .nowhere(let label):
      "the network finds \(label) at no place of the picture; say where by --at or --within"
    case .outside(let text):
      "none of the places that were asked about, \(text), lies in the part of the picture that the network sees; "
        + "--region shows it another"
    case .wholeOnly(let what):
      "\(what) asks about whole pictures, and this network answers for each place, [N, classes, h, w]; explain and "
        + "compare ask about places, or export a wrapper that returns the mean over them"
    }
  }
}

extension Network {
  /// Fails for a network that answers for each place.
  func checkAnswersOnce(for what: String) throws {
    if isOfPlaces { throw PlaceError.wholeOnly(what) }
  }

  /// Fails for a network of embeddings, whose similarities are no probabilities.
  func checkHasProbabilities(for what: String) throws {
    if isEmbedding { throw InquiryError.noProbabilities(what) }
  }
}
