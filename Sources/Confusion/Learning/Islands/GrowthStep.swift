internal import Terms

/// What happens to an island's model when a variable is taken in, and what is to be said against
/// it.
struct GrowthStep {
  /// The place in the island of the variable that the new one has most to do with.
  let inner: Int
  /// `P(1 | z)` of the new variable.
  let table: LatentTree.Distribution.Table
  private let counts: PatternCounts
  private let held: [Double]
  private let model: LatentClassModel
  private let fitting: SmallEM
  private let stream: RandomStream
  private let likelihood: Double

  /// Learns the new variable's table, all else fixed, from its co-occurrence with the island's
  /// first two variables.
  init(
    counts: PatternCounts, held: [Double], model: LatentClassModel, inner: Int, fitting: SmallEM,
    stream: RandomStream
  ) {
    (self.counts, self.held, self.model) = (counts, held, model)
    (self.inner, self.fitting, self.stream) = (inner, fitting, stream)
    let triple = LatentClassModel(prior: model.prior, given: Array(model.tables.prefix(2)))
    let learnt = fitting.fit(
      triple, to: counts.projected(on: [0, 1], holding: held), using: stream.stream(for: 0))
    let table = learnt.tables[2]
    self.table = table
    likelihood = counts.sum(holding: held) { mask, holds in
      let joint = model.joint(mask) * (holds ? table : 1 - table)
      return joint[0] + joint[1]
    }
  }

  /// How much the score gains by the new variable's dependence on the latent.
  func dependenceGain(_ learning: TreeLearning) -> Double {
    let total = counts.total
    let share = held.reduce(0, +) / total
    let independent = counts.sum(holding: held) { mask, holds in
      let joint = model.joint(mask)
      return (joint[0] + joint[1]) * (holds ? share : 1 - share)
    }
    return learning.score(likelihood, dimension: dimension, total: total)
      - learning.score(independent, dimension: dimension - 1, total: total)
  }

  /// How much the score gains by a second latent over the new variable and ``inner``.
  func splitGain(_ learning: TreeLearning) -> Double {
    let split = split()
    var others = model
    // Never 1 and its bit cleared, the inner variable leaves the product as it is.
    others.tables[inner] = [0, 0]
    let bit = UInt64(1) << UInt64(inner)
    let value = counts.sum(holding: held) { mask, holds in
      let joint = others.joint(mask & ~bit) * split.message(mask & bit != 0, holds)
      return joint[0] + joint[1]
    }
    return learning.score(value, dimension: dimension + 2, total: counts.total)
      - learning.score(likelihood, dimension: dimension, total: counts.total)
  }

  /// The second latent alone, over ``inner`` and the new variable.
  ///
  /// Its prior is learnt together with a table for the island's second variable.
  func splitOff() -> LatentClassModel {
    let split = split()
    let given = [split.leaves.0, split.leaves.1]
    let learnt = fitting.fit(
      LatentClassModel(prior: nil, given: given),
      to: counts.projected(on: [inner, 1], holding: held).exchangingLast(),
      using: stream.stream(for: 2))
    var model = LatentClassModel(leafCount: 2)
    (model.prior, model.tables) = (learnt.prior, given)
    return model
  }

  private var dimension: Int { 1 + 2 * (counts.variables.count + 1) }

  private func split() -> SplitModel {
    var upper = LatentClassModel(leafCount: 2)
    (upper.prior, upper.tables) = (model.prior, Array(model.tables.prefix(2)))
    return fitting.fit(
      SplitModel(upper: upper, single: (model.tables[inner], table)),
      to: counts.projected(on: [0, 1, inner], holding: held),
      using: stream.stream(for: 1))
  }
}
