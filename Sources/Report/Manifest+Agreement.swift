package import Faithfulness
internal import Tensors

extension Manifest.Agreement {
  /// Joins the keys of two maps and how alike they are.
  package init(_ first: String, _ second: String, _ similarity: MapSimilarity?) {
    self.init(
      first: first, second: second, rankCorrelation: similarity?.rankCorrelation,
      magnitudeCorrelation: similarity?.magnitudeCorrelation, ssim: similarity?.ssim,
      overlap: similarity?.overlap)
  }

  /// How alike any two of the maps are that answer the same question.
  static func among(_ maps: [DrawnMap]) throws -> [Manifest.Agreement] {
    var questions: [String] = []
    for map in maps where !questions.contains(map.question) { questions.append(map.question) }
    return try questions.flatMap { question -> [Manifest.Agreement] in
      let alike = maps.filter { $0.question == question }
      guard let shape = alike.first?.values.shape, shape.count == 2 else { return [] }
      let found = try MapSimilarity.ofPairs(
        alike.map { map in try map.values.floats().map { $0 - map.neutral } }, height: shape[0],
        width: shape[1])
      return zip(MapSimilarity.pairs(alike.count), found).map { pair, similarity in
        Manifest.Agreement(alike[pair.0].key, alike[pair.1].key, similarity)
      }
    }
  }
}
