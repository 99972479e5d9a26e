public import ArgumentParser
import Confusion
public import Sessions
import Terms

extension Switchable: ExpressibleByArgument where Value: LosslessStringConvertible {
  /// Reads a value, or the word `off`.
  public init?(argument: String) {
    if let value = Value(argument) {
      self = .on(value)
    } else if argument == "off" {
      self = .off
    } else {
      return nil
    }
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

  /// The choice that the words make.
  var choice: HLTAChoice {
    var choice = HLTAChoice()
    choice.asPublished = asPublished
    (choice.attemptCount, choice.heldOutFraction) = (attemptCount, heldOutFraction)
    (choice.startCount, choice.stepLimit, choice.leastGain) = (startCount, stepLimit, leastGain)
    choice.splitThreshold = splitThreshold
    choice.correlationThreshold = correlationThreshold
    (choice.largestIsland, choice.largestTop) = (largestIsland, largestTop)
    (choice.batchSize, choice.roundCount, choice.sampleSize) = (batchSize, roundCount, sampleSize)
    (choice.pseudoCount, choice.iterationCount) = (pseudoCount, iterationCount)
    return choice
  }
}

/// The help of an option, with what it is otherwise.
private func help(
  _ setting: TreeLearning.Setting, _ text: String, _ value: String
) -> ArgumentHelp {
  let value = TreeLearning(seed: 0).values[setting.rawValue] ?? ""
  return ArgumentHelp("\(text). (default: \(value))", valueName: value)
}
