import ArgumentParser
import Confusion
import Foundation
import Terms

/// A value, or “off”.
struct Switchable<Value: LosslessStringConvertible & Sendable>: ExpressibleByArgument {
  /// `nil` for off.
  let value: Value?

  init?(argument: String) {
    value = Value(argument)
    if value == nil && argument != "off" { return nil }
  }
}

/// How a latent tree is learnt by hierarchical latent tree analysis.
struct HLTAOptions: ParsableArguments {
  @Flag(help: "Start from the published program's settings instead of Rather's.")
  var asPublished = false

  @Option(
    help: help(
      .attemptCount,
      "How often the levels above the first are grown; those that make held-out "
        + "documents likeliest are kept",
      "count"))
  var attemptCount: Int?

  @Option(
    help: help(
      .heldOutFraction, "The fraction of documents that is held out to choose by", "fraction"))
  var heldOutFraction: Double?

  @Option(
    help: help(
      .startCount, "Random starts of a small EM, besides those that the counts give", "count"))
  var startCount: Int?

  @Option(help: help(.stepLimit, "The largest number of steps of a small EM", "count"))
  var stepLimit: Int?

  @Option(help: help(.leastGain, "The gain that ends a small EM", "number"))
  var leastGain: Double?

  @Option(
    parsing: .unconditional,
    help: help(
      .splitThreshold, "How much BIC two latents must gain over one for a cluster to split",
      "number"))
  var splitThreshold: Double?

  @Option(
    parsing: .unconditional,
    help: help(
      .correlationThreshold,
      "How much BIC a class must gain to join a cluster; off skips this test", "number|off"))
  var correlationThreshold: Switchable<Double>?

  @Option(help: help(.largestIsland, "The size at which a cluster stops growing", "count"))
  var largestIsland: Int?

  @Option(help: help(.largestTop, "The largest number of clusters that one root joins", "count"))
  var largestTop: Int?

  @Option(
    help: help(
      .batchSize, "The number of documents that a BIC is scaled to; off for the plain BIC",
      "count|off"
    ))
  var batchSize: Switchable<Int>?

  @Option(
    help: help(
      .roundCount,
      "The largest number of rounds that move classes and clusters to where they fit "
        + "best", "count"
    ))
  var roundCount: Int?

  @Option(
    help: help(.sampleSize, "The largest number of documents that these rounds look at", "count"))
  var sampleSize: Int?

  @Option(help: help(.pseudoCount, "The number that is added to each expected count", "number"))
  var pseudoCount: Double?

  @Option(
    help: help(
      .iterationCount, "The largest number of iterations of EM over the whole tree", "count"))
  var iterationCount: Int?

  /// The options given that are this learner's alone.
  var given: [String] {
    let values: [(TreeLearning.Setting, Any?)] = [
      (.attemptCount, attemptCount), (.heldOutFraction, heldOutFraction),
      (.startCount, startCount), (.stepLimit, stepLimit), (.leastGain, leastGain),
      (.splitThreshold, splitThreshold), (.correlationThreshold, correlationThreshold),
      (.largestIsland, largestIsland), (.largestTop, largestTop), (.batchSize, batchSize),
      (.roundCount, roundCount), (.sampleSize, sampleSize), (.pseudoCount, pseudoCount),
      (.iterationCount, iterationCount),
    ]
    return (asPublished ? ["--as-published"] : [])
      + values.filter { $0.1 != nil }.map { Self.option($0.0) }
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

/// The help of an option, with what it is otherwise.
private func help(
  _ setting: TreeLearning.Setting, _ text: String, _ value: String
) -> ArgumentHelp {
  let usual = TreeLearning(seed: 0).values[setting.rawValue] ?? ""
  return ArgumentHelp("\(text). (default: \(usual))", valueName: value)
}
