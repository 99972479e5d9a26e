internal import Tensors
internal import Terms

/// Numbers that put classes out of play when they are added to logits: 0, or a number so low that its
/// exponential is 0, for each problem and class, `[B, classes]`.
struct ClassMasks {
  /// Low for what is not in P.
  let notFact: Tensor
  /// Low for what is not in Q.
  let notFoil: Tensor
  /// Low for what is in P or Q.
  let asked: Tensor

  /// Finite, so that no difference is a NaN.
  private static let low: Float = -1e6

  init(facts: [ClassSet], foils: [ClassSet], classCount: Int, device: Device) throws {
    func mask(_ isLow: (_ problem: Int, _ class: Int) -> Bool) throws -> Tensor {
      try Tensor(
        facts.indices.flatMap { row in
          (0..<classCount).map { isLow(row, $0) ? Self.low : 0 }
        }, shape: [facts.count, classCount]
      ).on(device)
    }
    let facts = facts.map { Set($0.indices) }
    let foils = foils.map { Set($0.indices) }
    notFact = try mask { !facts[$0].contains($1) }
    notFoil = try mask { !foils[$0].contains($1) }
    asked = try mask { facts[$0].contains($1) || foils[$0].contains($1) }
  }

  private init(notFact: Tensor, notFoil: Tensor, asked: Tensor) {
    self.notFact = notFact
    self.notFoil = notFoil
    self.asked = asked
  }

  /// Those of some problems.
  func chosen(_ rows: Tensor) throws -> ClassMasks {
    ClassMasks(
      notFact: try notFact.gather(axis: 0, at: rows),
      notFoil: try notFoil.gather(axis: 0, at: rows),
      asked: try asked.gather(axis: 0, at: rows))
  }
}
