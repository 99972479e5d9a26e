internal import Networks
internal import Tensors
internal import Terms

extension ContrastiveSearch {
  func answer(
    _ question: PreparedQuestion, _ foil: ClassSet, _ start: SearchStart, _ found: [NearestPoint],
    _ context: SearchContext
  ) throws -> ContrastiveAnswer {
    let width = found[0].point.count
    let codes = try Tensor(
      found.flatMap { $0.point.map(Float.init) }, shape: [found.count, width]
    ).on(context.device)
    let residuals = try start.drawn.map { try question.input - $0 }
    let pictures = try context.pictures(for: codes, plus: Tensor.concatenated(residuals))
    let likelihoods = try context.likelihoods(of: pictures, question.fact, foil)
    let differences = try pictures - question.input
    let distances = try differences.squared().sum(axes: [1, 2, 3]).floats()
    let attempts = try found.indices.map { i in
      ContrastiveAttempt(
        startCode: start.codes[i], code: found[i].point.map(Float.init),
        distance: Self.distance(found[i].point, start.codes[i]),
        pictureDistance: distances[i].squareRoot(),
        residual: try residuals[i].squared().mean(axes: [0, 1, 2, 3]).number().squareRoot(),
        likelihoods: likelihoods[i], iterations: found[i].iterations,
        multiplierUpdates: found[i].updates, verdict: verdict(found[i], likelihoods[i]))
    }
    // Where each start has a code of its own, one that is far from the input may have its boundary near.
    let converged = attempts.indices.filter { attempts[$0].verdict == .converged }
    let residual = (converged.map { attempts[$0].residual }.min() ?? 0) * Self.fit
    let best = converged.filter { attempts[$0].residual <= residual }
      .min { attempts[$0].distance < attempts[$1].distance }
    return ContrastiveAnswer(
      fact: question.fact, foil: foil, method: method,
      input: try question.input.select(axis: 0, index: 0).on(.cpu),
      likelihoods: Self.likelihoods(question.prediction, question.fact, foil, context.network.head),
      attempts: attempts,
      example: try best.map { best in
        try example(
          best, attempts[best], pictures.slice(axis: 0, best..<best + 1), residuals[best],
          start.drawn[best], question, foil, context)
      })
  }

  /// How much worse than the best code found another may draw the input and still be shown.
  private static let fit: Float = 1.25

  /// How a search ended, held against what the network answers in the end.
  private func verdict(
    _ found: NearestPoint, _ likelihoods: Likelihoods
  ) -> ContrastiveAttempt.Verdict {
    guard abs(likelihoods.difference) < Self.equality else {
      return .unequal(likelihoods.difference)
    }
    // Of a margin below, being no higher is enough; of one above, the optimiser's own tolerance.
    let allowed = slack > 0 ? slack + Float(optimiser.tolerance) : 0
    if method == .cdeepex, let other = likelihoods.other, likelihoods.excess > allowed {
      return .otherAbove(other.index, by: likelihoods.excess)
    }
    return found.ending == .converged ? .converged : .unsettled
  }

  private func example(
    _ place: Int, _ attempt: ContrastiveAttempt, _ picture: Tensor, _ residual: Tensor,
    _ drawn: Tensor, _ question: PreparedQuestion, _ foil: ClassSet, _ context: SearchContext
  ) throws -> ContrastiveExample {
    let saved = try context.likelihoods(of: context.space.saved(picture), question.fact, foil)
    return ContrastiveExample(
      attempt: place, reconstruction: try drawn.select(axis: 0, index: 0).on(.cpu),
      picture: try picture.select(axis: 0, index: 0).on(.cpu),
      difference: try (picture - question.input).select(axis: 0, index: 0).on(.cpu),
      saved: saved[0], path: try path(of: attempt, residual, question, foil, context))
  }

  /// Pictures along the straight line from z₀ to z_e.
  private func path(
    of attempt: ContrastiveAttempt, _ residual: Tensor, _ question: PreparedQuestion,
    _ foil: ClassSet,
    _ context: SearchContext
  ) throws -> [ContrastiveExample.Frame] {
    guard frameCount > 1 else { return [] }
    let fractions = (0..<frameCount).map { Float($0) / Float(frameCount - 1) }
    let codes = fractions.flatMap { part in
      zip(attempt.startCode, attempt.code).map { $0 + part * ($1 - $0) }
    }
    var frames: [ContrastiveExample.Frame] = []
    let all = try Tensor(codes, shape: [frameCount, attempt.code.count])
    for first in stride(from: 0, to: frameCount, by: context.batch) {
      let range = first..<min(first + context.batch, frameCount)
      let part = try all.slice(axis: 0, range).on(context.device)
      let pictures = try context.pictures(for: part, plus: residual)
      let likelihoods = try context.likelihoods(of: pictures, question.fact, foil)
      for (i, place) in range.enumerated() {
        frames.append(
          .init(
            fraction: fractions[place],
            picture: try pictures.select(axis: 0, index: i).on(.cpu),
            likelihoods: likelihoods[i]))
      }
    }
    return frames
  }

  private static func distance(_ point: [Double], _ start: [Float]) -> Float {
    let squares = zip(point, start).reduce(0) { $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1)) }
    return Float(squares.squareRoot())
  }

  private static func likelihoods(
    _ prediction: Prediction, _ fact: ClassSet, _ foil: ClassSet, _ head: Head
  ) -> Likelihoods {
    let ordered = prediction.classes.sorted { $0.index < $1.index }
    // Of one sigmoid the logits are y and −y, and a softmax of their halves gives its probabilities.
    let scale: Float = head == .choice ? 1 : 0.5
    return Likelihoods(logits: ordered.map { scale * $0.logit }, fact: fact, foil: foil)
  }
}

extension SearchContext {
  /// `I(z) = G(z) + Δ`.
  func pictures(for codes: Tensor, plus residual: Tensor) throws -> Tensor {
    try space.picture(
      drawn: space.picture(drawn: generator.pictures(for: codes)), plus: residual)
  }

  /// What the network answers for pictures `[N, C, H, W]`, as far as a question goes.
  func likelihoods(
    of pictures: Tensor, _ fact: ClassSet, _ foil: ClassSet
  ) throws -> [Likelihoods] {
    let logits = try network.recordedLogits(for: space.input(for: pictures)).floats()
    let width = network.classCount
    return (0..<pictures.shape[0]).map { row in
      Likelihoods(
        logits: Array(logits[row * width..<(row + 1) * width]), fact: fact, foil: foil)
    }
  }
}
