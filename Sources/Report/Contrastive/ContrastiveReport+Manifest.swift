internal import Contrast
internal import Counterfactuals
internal import Networks
internal import Tensors
internal import Terms

extension ContrastiveReport {
  func manifest(
    of drawn: [DrawnContrast], scale: Float, _ header: ManifestHeader
  ) throws -> ContrastiveManifest {
    ContrastiveManifest(
      header: header, geometry: try .init(of: network.preprocessing, over: picture),
      prediction: Array(prediction.classes.prefix(5)), logits: prediction.logits, scale: scale,
      answers: try drawn.map { try description(of: $0) })
  }

  private func description(of drawn: DrawnContrast) throws -> ContrastiveManifest.Answer {
    let answer = drawn.answer
    let wording = ContrastiveWording(answer, network.labels)
    return .init(
      key: drawn.key, question: wording.question, fact: named(answer.fact),
      foil: named(answer.foil), method: answer.method,
      likelihoods: description(of: answer.likelihoods),
      attempts: answer.attempts.map { attempt in
        .init(
          distance: attempt.distance.finite, pictureDistance: attempt.pictureDistance.finite,
          residual: attempt.residual.finite, likelihoods: description(of: attempt.likelihoods),
          iterations: attempt.iterations, multiplierUpdates: attempt.multiplierUpdates,
          converged: attempt.verdict == .converged, failure: wording.failure(of: attempt))
      },
      example: try drawn.drawing.map { try description(of: $0, drawn) },
      failure: drawn.drawing == nil ? wording.failure : nil,
      beside: drawn.beside.enumerated().map { place, beside in
        .init(
          title: beside.map.title, note: provenance.paths.text(beside.map.note),
          key: beside.map.map == nil ? nil : drawn.key(ofBeside: place),
          failure: beside.map.failure.map(provenance.paths.text))
      })
  }

  private func description(
    of drawing: DrawnContrast.Drawing, _ drawn: DrawnContrast
  ) throws -> ContrastiveManifest.Example {
    let range = try drawing.example.difference.extremes()
    return .init(
      attempt: drawing.example.attempt, png: drawn.exampleFile, difference: drawn.differenceFile,
      animation: drawn.animationFile, way: drawn.wayFile,
      range: [range.lowerBound, range.upperBound],
      residualFraction: try drawn.answer.residualFraction(of: drawing.attempt),
      saved: description(of: drawing.example.saved),
      savedHolds: SavedPicture(drawing.attempt.likelihoods, drawing.example.saved).holds,
      path: drawing.example.path.map {
        .init(fraction: $0.fraction, likelihoods: description(of: $0.likelihoods))
      })
  }

  private func description(of likelihoods: Likelihoods) -> ContrastiveManifest.Likelihoods {
    .init(
      fact: likelihoods.fact.finite, foil: likelihoods.foil.finite,
      other: likelihoods.other.map { .init(index: $0.index, label: network.labels[$0.index]) },
      otherLogLikelihood: likelihoods.other?.logLikelihood.finite)
  }

  private func named(_ set: ClassSet) -> [Manifest.Class] {
    set.indices.map { .init(index: $0, label: network.labels[$0]) }
  }
}

extension Float {
  /// The number, `nil` where it is infinite or none, which JSON cannot hold.
  fileprivate var finite: Float? { isFinite ? self : nil }
}

extension ContrastiveAnswer {
  /// The part of the input's variance that the generator does not draw, `mean Δ² / var x`; `nil` where
  /// the input has the same value everywhere.
  func residualFraction(of attempt: ContrastiveAttempt) throws -> Float? {
    let centred = try input - input.mean(axes: Array(input.shape.indices))
    let variance = try centred.squared().mean(axes: Array(input.shape.indices)).number()
    let fraction = attempt.residual * attempt.residual / variance
    return fraction.isFinite ? fraction : nil
  }
}
