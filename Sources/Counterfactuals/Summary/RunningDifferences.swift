public import Tensors
package import Terms

/// Adds up the explanations of one picture after another, and means them for each pair (P, Q).
///
///     mean = (1/n) Σᵢ (I(z_e)ᵢ − xᵢ)        over the n pictures with a contrastive example
///
/// Holds one sum in 64 bits a pair, however many pictures there are.
package struct RunningDifferences: Sendable {
  private struct Pair: Hashable {
    let fact: ClassSet
    let foil: ClassSet
  }

  private struct Sum {
    var total: Tensor
    var count = 0
    var failedCount = 0

    init(like picture: Tensor) throws(TensorError) {
      total = try Tensor([Double](repeating: 0, count: picture.count), shape: picture.shape)
    }
  }

  private var sums: [Pair: Sum] = [:]

  /// Starts with none.
  package init() {}

  /// Adds what came of a picture; an answer without an example counts as failed.
  ///
  /// - Throws: ``TensorError/elementCount(_:shape:)`` for a picture of another shape than the pair's
  ///   others.
  package mutating func add(_ answer: ContrastiveAnswer) throws(TensorError) {
    try add(answer.example?.difference, fact: answer.fact, foil: answer.foil, of: answer.input)
  }

  /// Adds what a method answers for a picture, of the picture's shape; `nil` counts as failed.
  ///
  /// - Throws: ``TensorError/elementCount(_:shape:)`` for a picture of another shape than the pair's
  ///   others.
  package mutating func add(
    _ difference: Tensor?, fact: ClassSet, foil: ClassSet, of picture: Tensor
  ) throws(TensorError) {
    let pair = Pair(fact: fact, foil: foil)
    let shape = picture.shape
    var sum: Sum
    if let known = sums[pair] { sum = known } else { sum = try Sum(like: picture) }
    guard shape == sum.total.shape, difference.map({ $0.shape == shape }) ?? true else {
      throw .elementCount(difference?.count ?? picture.count, shape: sum.total.shape)
    }
    if let difference {
      sum.total = try sum.total + difference.on(.cpu).converted(to: .float64)
      sum.count += 1
    } else {
      sum.failedCount += 1
    }
    sums[pair] = sum
  }

  /// The mean of each pair, in order of the facts' and then the foils' indices.
  ///
  /// A pair that has failed for every picture has a mean of 0 and no spot.
  package func means() throws(TensorError) -> [MeanDifference] {
    var found: [MeanDifference] = []
    for (pair, sum) in sums.sorted(by: {
      Self.order($0.key).lexicographicallyPrecedes(Self.order($1.key))
    }) {
      let mean = try (sum.total / Tensor(Float(max(sum.count, 1)))).converted(to: .float32)
      found.append(
        MeanDifference(
          fact: pair.fact, foil: pair.foil, count: sum.count, failedCount: sum.failedCount,
          mean: mean, spot: Spot(in: try MassTable(of: mean))))
    }
    return found
  }

  /// The mean of each foil over all its facts, “why not Q?”, for foils of more than one fact.
  ///
  /// Pictures count alike, whatever their fact; the fact is the union of all.
  package func meansOfFoils() throws(TensorError) -> [MeanDifference] {
    var pooled = RunningDifferences()
    for foil in Set(sums.keys.map(\.foil)) {
      let pairs = sums.filter { $0.key.foil == foil }
        .sorted { Self.order($0.key).lexicographicallyPrecedes(Self.order($1.key)) }
      let shapes = Set(pairs.map(\.value.total.shape))
      guard pairs.count > 1, shapes.count == 1,
        let union = ClassSet(pairs.flatMap(\.key.fact.indices).sorted())
      else { continue }
      var sum = try Sum(like: pairs[0].value.total)
      for (_, part) in pairs {
        sum.total = try sum.total + part.total
        sum.count += part.count
        sum.failedCount += part.failedCount
      }
      pooled.sums[Pair(fact: union, foil: foil)] = sum
    }
    return try pooled.means()
  }

  private static func order(_ pair: Pair) -> [Int] {
    pair.fact.indices + [-1] + pair.foil.indices
  }
}

extension MeanDifference {
  /// The mean explanations of answers, one for each pair (P, Q).
  public static func of(
    _ answers: some Sequence<ContrastiveAnswer>
  ) throws(TensorError) -> [MeanDifference] {
    var running = RunningDifferences()
    for answer in answers { try running.add(answer) }
    return try running.means()
  }

  /// The share of the mean's mass inside a square, 0…1: magnitudes, summed over channels.
  public func massFraction(top: Int, left: Int, side: Int) throws(TensorError) -> Double {
    try MassTable(of: mean).fraction(top: top, left: left, side: side)
  }
}
