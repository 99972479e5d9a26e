internal import Counterfactuals
internal import Networks
internal import Tensors
internal import Terms

extension ContrastiveSummaryReport {
  func manifest(
    of drawn: (foils: [DrawnPair], pairs: [DrawnPair]), _ header: ManifestHeader
  ) throws -> ContrastiveSummaryManifest {
    ContrastiveSummaryManifest(
      header: header, geometry: try .init(of: network.preprocessing), method: method,
      source: provenance.paths.path(source), pictureCount: pictureCount,
      foils: drawn.foils.map(description), pairs: drawn.pairs.map(description))
  }

  private func description(of drawn: DrawnPair) -> ContrastiveSummaryManifest.Pair {
    let pair = drawn.pair
    return .init(
      key: drawn.key, question: drawn.question(network.labels), fact: named(pair.fact),
      foil: named(pair.foil), count: pair.count, failedCount: pair.failedCount,
      scale: drawn.scale, spot: pair.spot.map { description(of: $0, in: pair) },
      png: drawn.picture.map { _ in drawn.file },
      beside: beside.compactMap { other in
        other.pair(like: pair).map { found in
          .init(
            name: other.name, count: found.count, failedCount: found.failedCount,
            spot: found.spot.map { description(of: $0, in: found) })
        }
      })
  }

  private func description(
    of spot: Spot, in pair: MeanDifference
  ) -> ContrastiveSummaryManifest.Spot {
    .init(
      top: spot.top, left: spot.left, side: spot.side, massFraction: spot.massFraction,
      areaFraction: spot.areaFraction, surprise: spot.logLikelihoodRatio,
      sentence: SpotWording(spot, in: pair.mean.shape).sentence)
  }

  private func named(_ set: ClassSet) -> [Manifest.Class] {
    set.indices.map { .init(index: $0, label: network.labels[$0]) }
  }
}
