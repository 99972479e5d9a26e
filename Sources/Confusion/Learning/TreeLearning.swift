public import Terms

/// How a latent tree is learnt from documents; every choice of the published program that has a
/// meaning here, and those that it leaves open.
public struct TreeLearning: Hashable, Sendable {
  /// What all random choices follow from.
  public var seed: Seed
  /// Random starts of one small EM beside those that the counts give, of which the better half
  /// survives each round.
  public var startCount = 0
  /// The most steps of one small EM.
  public var stepLimit = 1000
  /// The gain in log-likelihood at which a small EM ends.
  public var leastGain = 1e-6
  /// How much the BIC of two latents must exceed that of one for an island to be split: the
  /// unidimensionality test.
  public var splitThreshold = 3.0
  /// How much the BIC must gain by a variable's dependence for an island to take it in, the
  /// correlation test; `nil` leaves the test out.
  public var correlationThreshold: Double? = 3
  /// The island size at which growth stops.
  public var largestIsland = 10
  /// The most latents that are joined under one root rather than grouped further.
  public var largestTop = 15
  /// The number of cases that a BIC speaks of, so that many documents do not make every difference
  /// significant: `LL·B/N − d/2·ln B` where `B < N`. `nil` is the plain BIC.
  public var batchSize: Int? = 25000
  /// What is added to every expected count.
  public var pseudoCount = 1.0
  /// Rounds of regrafting once the tree has grown, at most; 0 leaves nodes where growth put them, as
  /// the published program does.
  public var roundCount = 2
  /// Where there are more documents, regrafting looks at a sample of so many, evenly spread.
  public var sampleSize = 40000
  /// Iterations of exact EM over the whole tree at the end.
  public var iterationCount = 30
  /// How many times the levels above the first are grown, but for the first time from random starts
  /// too; the likeliest on documents kept apart are taken.
  public var attemptCount = 2
  /// The fraction of documents that is kept apart to choose among attempts.
  public var heldOutFraction = 0.2
  /// Threads; the tree does not depend on their number.
  public var threadCount = 2

  /// The defaults with a seed.
  public init(seed: Seed) { self.seed = seed }

  /// The published program's choices: small EMs that end at a gain of 0.01, smaller batches, and
  /// no regrafting.
  public static func published(seed: Seed) -> TreeLearning {
    var learning = TreeLearning(seed: seed)
    learning.startCount = 16
    learning.attemptCount = 1
    learning.batchSize = 5000
    learning.stepLimit = 200
    learning.leastGain = 0.01
    learning.roundCount = 0
    return learning
  }
}

extension TreeLearning {
  /// - Throws: ``TreeLearningError/setting(_:)``.
  func checked() throws(TreeLearningError) {
    let sound: [(Setting, Bool)] = [
      (.startCount, startCount >= 0), (.stepLimit, stepLimit >= 1), (.leastGain, leastGain >= 0),
      (.splitThreshold, !splitThreshold.isNaN),
      (.correlationThreshold, correlationThreshold?.isNaN != true),
      (.largestIsland, (2...32).contains(largestIsland)), (.largestTop, largestTop >= 1),
      (.batchSize, batchSize.map { $0 >= 2 } ?? true),
      (.pseudoCount, pseudoCount >= 0 && pseudoCount.isFinite),
      (.iterationCount, iterationCount >= 0), (.roundCount, roundCount >= 0),
      (.sampleSize, sampleSize >= 1), (.attemptCount, attemptCount >= 1),
      (.heldOutFraction, heldOutFraction > 0 && heldOutFraction < 1),
      (.threadCount, threadCount >= 1),
    ]
    for (setting, holds) in sound where !holds { throw .setting(setting) }
  }

  /// The settings by name.
  public enum Setting: String, Hashable, Sendable, CaseIterable {
    case startCount, stepLimit, leastGain, splitThreshold, correlationThreshold, largestIsland
    case largestTop, batchSize, pseudoCount, roundCount, sampleSize, iterationCount, attemptCount,
      heldOutFraction
    case threadCount

    /// The values that it may have.
    public var range: String {
      switch self {
      case .stepLimit, .largestTop, .sampleSize, .attemptCount, .threadCount: "1 or more"
      case .startCount, .leastGain, .pseudoCount, .roundCount, .iterationCount: "0 or more"
      case .splitThreshold, .correlationThreshold: "a number"
      case .largestIsland: "2 to 32"
      case .batchSize: "2 or more"
      case .heldOutFraction: "between 0 and 1"
      }
    }
  }
}

extension TreeLearning {
  /// The Bayesian information criterion of a log-likelihood over `total` cases, by ``batchSize``.
  func score(_ logLikelihood: Double, dimension: Int, total: Double) -> Double {
    let size = min(batchSize.map(Double.init) ?? total, total)
    return logLikelihood * size / total - Double(dimension) / 2 * logarithm(size)
  }
}
