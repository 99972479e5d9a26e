public import ArgumentParser
public import Counterfactuals
import Networks
import Saliency
import Tensors
import Terms

extension ContrastiveMethod: ExpressibleByArgument {}
extension PictureRange: ExpressibleByArgument {}

/// How contrastive examples are searched for.
struct SearchOptions: ParsableArguments {
  /// What minimises the augmented Lagrangian.
  enum Minimiser: String, ExpressibleByArgument, CaseIterable {
    case gaussNewton = "gauss-newton"
    case descent
  }

  @Option(
    help: ArgumentHelp(
      "cdeepex: as much Q as P, and no other class likelier; xgems: other classes may "
        + "be likelier.",
      valueName: "name"))
  var method: ContrastiveMethod = .cdeepex

  @Option(
    help: ArgumentHelp(
      "The numbers of an example: clipped to those of pictures, or free as in Feghahati 2020.",
      valueName: "how"))
  var range: PictureRange = .clipped

  @Option(
    help: ArgumentHelp(
      "Starting points: with an encoder, the input's code and others on the foil's "
        + "side; without one, codes that are searched for.", valueName: "count"))
  var starts = 4

  @Option(
    help: ArgumentHelp(
      "What minimises between updates of the multipliers; descent is that of Feghahati 2020.",
      valueName: "name"))
  var minimiser: Minimiser = .gaussNewton

  @Option(
    help: ArgumentHelp(
      "Evaluations after which a search is given up. (default: 300; 5000 for descent)",
      valueName: "count"))
  var iterations: Int?

  @Option(help: ArgumentHelp("For descent: the length of its steps.", valueName: "number"))
  var rate = 0.01

  @Option(
    help: ArgumentHelp(
      "For descent: steps between updates of the multipliers.", valueName: "count"))
  var innerSteps = 50

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "ε: how much likelier than P or Q another class may be, as a logarithm.",
      valueName: "number"))
  var slack: Float = -0.01

  @Option(
    help: ArgumentHelp(
      "Without an encoder: steps of the search for the input's code.", valueName: "count"))
  var codeSteps = 300

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    for (name, value) in [
      ("--starts", starts), ("--iterations", iterations), ("--inner-steps", innerSteps),
      ("--code-steps", codeSteps),
    ] {
      if let value, value < 1 { throw ValidationError("\(name) must be 1 or more") }
    }
    guard rate > 0, rate.isFinite else { throw ValidationError("--rate must be more than 0") }
    guard slack.isFinite, slack <= 1 else { throw ValidationError("--slack must be at most 1") }
  }

  /// The search.
  func search(beside network: Network, seed: UInt64) -> ContrastiveSearch {
    var search = ContrastiveSearch(method: method, seed: Seed(seed))
    search.startCount = starts
    search.slack = slack
    search.range = range
    search.codeSearch.steps = codeSteps
    search.resources = Resources(memory: memory.bytes, beside: network)
    switch minimiser {
    case .gaussNewton:
      search.optimiser = AugmentedLagrangian(iterationLimit: iterations ?? 300)
    case .descent:
      search.optimiser = AugmentedLagrangian(
        minimiser: .descent(rate: rate, steps: innerSteps), iterationLimit: iterations ?? 5000)
    }
    return search
  }
}
