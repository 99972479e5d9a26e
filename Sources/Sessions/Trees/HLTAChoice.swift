internal import Confusion
internal import Terms

/// How a latent tree is learnt by hierarchical latent tree analysis; what is not set is as in `TreeLearning`.
public struct HLTAChoice: Defaulted {
  /// Whether the published program's settings are the defaults instead of Rather's.
  public var asPublished = false
  /// How often the levels above the first are grown.
  public var attemptCount: Int?
  /// The fraction of documents that is held out to choose by.
  public var heldOutFraction: Double?
  /// Random starts of a small EM, besides those that the counts give.
  public var startCount: Int?
  /// The largest number of steps of a small EM.
  public var stepLimit: Int?
  /// The gain that ends a small EM.
  public var leastGain: Double?
  /// How much BIC two latents must gain over one for a cluster to split.
  public var splitThreshold: Double?
  /// How much BIC a class must gain to join a cluster; off skips this test.
  public var correlationThreshold: Switchable<Double>?
  /// The size at which a cluster stops growing.
  public var largestIsland: Int?
  /// The largest number of clusters that one root joins.
  public var largestTop: Int?
  /// The number of documents that a BIC is scaled to; off for the plain BIC.
  public var batchSize: Switchable<Int>?
  /// The largest number of rounds that move classes and clusters to where they fit best.
  public var roundCount: Int?
  /// The largest number of documents that these rounds look at.
  public var sampleSize: Int?
  /// The number that is added to each expected count.
  public var pseudoCount: Double?
  /// The largest number of iterations of EM over the whole tree.
  public var iterationCount: Int?

  /// Chooses Rather's settings.
  public init() {}

  /// What is set, by the names of options.
  var given: [String] {
    let values: [(TreeLearning.Setting, Bool)] = [
      (.attemptCount, attemptCount != nil), (.heldOutFraction, heldOutFraction != nil),
      (.startCount, startCount != nil), (.stepLimit, stepLimit != nil),
      (.leastGain, leastGain != nil), (.splitThreshold, splitThreshold != nil),
      (.correlationThreshold, correlationThreshold != nil),
      (.largestIsland, largestIsland != nil), (.largestTop, largestTop != nil),
      (.batchSize, batchSize != nil), (.roundCount, roundCount != nil),
      (.sampleSize, sampleSize != nil), (.pseudoCount, pseudoCount != nil),
      (.iterationCount, iterationCount != nil),
    ]
    return (asPublished ? ["--as-published"] : [])
      + values.filter(\.1).map { Self.option($0.0) }
  }

  /// The option that sets a setting.
  static func option(_ setting: TreeLearning.Setting) -> String {
    if setting == .threadCount { return "--threads" }
    return setting.rawValue.reduce(into: "--") { name, letter in
      name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  /// The learner with these settings.
  func learning(seed: Seed, threads: Int) -> TreeLearning {
    var learning = asPublished ? TreeLearning.published(seed: seed) : TreeLearning(seed: seed)
    learning.threadCount = threads
    if let attemptCount { learning.attemptCount = attemptCount }
    if let heldOutFraction { learning.heldOutFraction = heldOutFraction }
    if let startCount { learning.startCount = startCount }
    if let stepLimit { learning.stepLimit = stepLimit }
    if let leastGain { learning.leastGain = leastGain }
    if let splitThreshold { learning.splitThreshold = splitThreshold }
    if let correlationThreshold { learning.correlationThreshold = correlationThreshold.value }
    if let largestIsland { learning.largestIsland = largestIsland }
    if let largestTop { learning.largestTop = largestTop }
    if let batchSize { learning.batchSize = batchSize.value }
    if let roundCount { learning.roundCount = roundCount }
    if let sampleSize { learning.sampleSize = sampleSize }
    if let pseudoCount { learning.pseudoCount = pseudoCount }
    if let iterationCount { learning.iterationCount = iterationCount }
    return learning
  }
}
