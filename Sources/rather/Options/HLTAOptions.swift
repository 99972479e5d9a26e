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
  @Flag(help: "Begin with the published program's settings rather than Rather's.")
  var asPublished = false

  @Option(help: ArgumentHelp("Trees grown; the likeliest held out is kept.", valueName: "count"))
  var attemptCount: Int?

  @Option(help: ArgumentHelp("Documents held out to choose by.", valueName: "fraction"))
  var heldOutFraction: Double?

  @Option(help: ArgumentHelp("Random starts of a small EM.", valueName: "count"))
  var startCount: Int?

  @Option(help: ArgumentHelp("The most steps of a small EM.", valueName: "count"))
  var stepLimit: Int?

  @Option(help: ArgumentHelp("The gain that ends a small EM.", valueName: "number"))
  var leastGain: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much BIC two latents must gain over one for a cluster to split.", valueName: "number"))
  var splitThreshold: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much BIC a class must gain to join a cluster; off leaves the test out.",
      valueName: "number|off"))
  var correlationThreshold: Switchable<Double>?

  @Option(help: ArgumentHelp("The size at which a cluster stops growing.", valueName: "count"))
  var largestIsland: Int?

  @Option(help: ArgumentHelp("The most clusters of the top level.", valueName: "count"))
  var largestTop: Int?

  @Option(
    help: ArgumentHelp(
      "The number of documents that a BIC speaks of; off for the plain BIC.",
      valueName: "count|off"))
  var batchSize: Switchable<Int>?

  @Option(help: ArgumentHelp("What is added to each expected count.", valueName: "number"))
  var pseudoCount: Double?

  @Option(help: ArgumentHelp("Iterations of EM over the whole tree.", valueName: "count"))
  var iterationCount: Int?

  @Option(help: ArgumentHelp("Threads; the tree is the same for any.", valueName: "count"))
  var threads: Int?

  /// The learner with these settings.
  func learning(seed: Seed) -> TreeLearning {
    var learning = asPublished ? TreeLearning.published(seed: seed) : TreeLearning(seed: seed)
    learning.threadCount = threads ?? ProcessInfo.processInfo.activeProcessorCount
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
    if let pseudoCount { learning.pseudoCount = pseudoCount }
    if let iterationCount { learning.iterationCount = iterationCount }
    return learning
  }
}
