internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// The map before anything was changed, made ready to be compared with others.
struct SanityOriginal: Sendable {
  let map: SaliencyMap
  let chance: ChanceLevel?
  private let compared: ComparedMap
  private let ssim: SSIM

  /// - Throws: ``FaithfulnessError/notFinite`` where the map holds what is no number.
  init(_ map: SaliencyMap, seed: Seed) throws {
    guard try map.values.isAllFinite() else { throw FaithfulnessError.notFinite }
    self.map = map
    compared = try ComparedMap(map)
    ssim = SSIM(height: compared.height, width: compared.width)
    chance = try ChanceLevel(of: compared, by: ssim, seed: seed)
  }

  /// A step of a test that ended in a map, or in none.
  func step(_ change: SanityResult.Change, to map: SaliencyMap?) throws -> SanityResult.Step {
    guard let map else {
      return .init(
        change: change, map: nil, condition: .notFinite, similarity: nil,
        kept: chance == nil ? nil : 0)
    }
    let similarity = try compared.similarity(to: ComparedMap(map), by: ssim)
    let range = try map.values.extremes()
    return .init(
      change: change, map: map,
      condition: range.lowerBound == range.upperBound ? .constant : .varied,
      similarity: similarity,
      kept: chance.flatMap { level in similarity.map(level.kept) ?? 0 })
  }
}

extension SaliencyMap {
  /// The map before its ReLU, at the size of the input.
  func signed() throws(TensorError) -> SaliencyMap {
    guard rectification == .relu else { return self }
    var whole = try features.carried(atLayer.withAxis(at: 0)).select(axis: 0, index: 0)
    if let support { whole = try whole * support }
    return SaliencyMap(
      values: whole, atLayer: atLayer, rectification: .none, neutral: neutral, over: features,
      measurements: measurements)
  }
}

extension ComparedMap {
  /// A saliency map, less the value of a place that does not matter.
  init(_ map: SaliencyMap) throws(TensorError) {
    let grid = map.features.grid
    let neutral = map.rectification == .relu ? max(0, map.neutral) : map.neutral
    self.init(try map.values.floats().map { $0 - neutral }, height: grid.rows, width: grid.columns)
  }
}
