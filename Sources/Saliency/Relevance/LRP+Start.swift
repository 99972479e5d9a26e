internal import Tensors
internal import Terms

extension LRP.Start {
  /// What the outputs start with, `[S, n]`, of the scores and their gradients at the logits.
  func rows(_ end: RelevanceStart, _ scores: [Score], _ gradients: Tensor) throws -> Tensor {
    switch self {
    case .score: return try gradients * end.logits
    case .contrastive: return try Self.contrast(gradients, end.logits)
    case .softmaxGradient:
      let bounded = scores.map { score in
        if case .logit(let classes) = score { Score.probability(classes) } else { score }
      }
      return bounded == scores ? gradients : try end.gradients(of: bounded).gradients
    }
  }

  /// The fact's start less its dual's, whose walks share their rows because both are linear.
  ///
  /// A score that falls with all that it reads, as that of a label's absence, starts with their opposites.
  private static func contrast(_ gradients: Tensor, _ logits: Tensor) throws -> Tensor {
    let y = try logits.floats()
    let all = try gradients.floats()
    let starts = stride(from: 0, to: all.count, by: y.count).flatMap { offset -> [Float] in
      let own = all[offset..<offset + y.count]
      let sign: Float = own.contains { $0 > 0 } ? 1 : -1
      let (y, g) = (y.map { sign * $0 }, own.map { sign * $0 })
      let fact = zip(y, g).map { y, g in y * max(0, g) }
      let foil = g.contains { $0 < 0 } ? g.map { max(0, -$0) } : g.map { $0 == 0 ? 1 : 0 }
      let mass = foil.reduce(0, +)
      let total = fact.reduce(0, +)
      return zip(fact, foil).map { fact, foil in mass == 0 ? fact : fact - total * foil / mass }
    }
    return try Tensor(starts, shape: gradients.shape).on(gradients.device)
  }
}
