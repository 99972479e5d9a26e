internal import Tensors

/// How alike two maps are.
public struct MapSimilarity: Hashable, Sendable, Codable {
  /// Spearman's ρ of the values; −1…1.
  public let rankCorrelation: Double
  /// Spearman's ρ of the values' magnitudes; `nil` where the magnitudes of one are all equal.
  public let magnitudeCorrelation: Double?
  /// The structural similarity of the maps as they are drawn; −1…1.
  public let ssim: Double
  /// How far the places overlap where they are strongest, 0…1: how many are among the strongest tenth of both, as a part
  /// of those that are of either; `nil` where it was not asked for, or a map is above zero nowhere.
  public var overlap: Double?

  /// The share of the places whose overlap is compared.
  package static let overlapShare = 0.1
}

/// A map made ready to be compared with others of its size.
///
/// For structural similarity a map is brought to −1…1, as for drawing: divided by the magnitude that
/// one place in a hundred exceeds, and cut off there. Adebayo et al. 2018 compare drawings, made so;
/// without it a few single pixels would set the scale and all else would be equal to 0.
struct ComparedMap: Sendable {
  let height: Int
  let width: Int
  private let drawn: [Float]
  private let ranks: MapRanks
  private let magnitudeRanks: MapRanks

  /// - Parameter values: Row by row, 0 where a place does not matter.
  init(_ values: [Float], height: Int, width: Int) {
    (self.height, self.width) = (height, width)
    let magnitudes = values.map(abs)
    let scale = Self.scale(of: magnitudes)
    drawn = scale > 0 ? values.map { max(-1, min(1, $0 / scale)) } : values
    ranks = MapRanks(values)
    magnitudeRanks = MapRanks(magnitudes)
  }

  private init(
    height: Int, width: Int, drawn: [Float], ranks: MapRanks, magnitudeRanks: MapRanks
  ) {
    (self.height, self.width, self.drawn) = (height, width, drawn)
    (self.ranks, self.magnitudeRanks) = (ranks, magnitudeRanks)
  }

  /// How alike the maps are; `nil` where one has the same value everywhere.
  func similarity(to other: ComparedMap, by ssim: SSIM) throws(TensorError) -> MapSimilarity? {
    guard let correlation = ranks.correlation(with: other.ranks) else { return nil }
    let isSigned = [drawn, other.drawn].contains { $0.contains { $0 < 0 } }
    return MapSimilarity(
      rankCorrelation: correlation,
      magnitudeCorrelation: magnitudeRanks.correlation(with: other.magnitudeRanks),
      ssim: try ssim(drawn, other.drawn, range: isSigned ? 2 : 1))
  }

  /// The map moved by some rows and columns; what leaves at one side comes in at the other.
  func moved(rows: Int, columns: Int) -> ComparedMap {
    let order = (0..<height).flatMap { y in
      (0..<width).map { x in (y + rows) % height * width + (x + columns) % width }
    }
    return ComparedMap(
      height: height, width: width, drawn: order.map { drawn[$0] }, ranks: ranks.moved(order),
      magnitudeRanks: magnitudeRanks.moved(order))
  }

  /// The magnitude that one in a hundred exceeds, or the largest where that is 0.
  static func scale(of magnitudes: [Float]) -> Float {
    let sorted = magnitudes.sorted()
    guard let largest = sorted.last else { return 0 }
    let scale = sorted[sorted.count - 1 - sorted.count / 100]
    return scale > 0 ? scale : largest
  }
}
