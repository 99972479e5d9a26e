public import ArgumentParser
public import Counterfactuals
public import Sessions

extension ContrastiveMethod: ExpressibleByArgument {}
extension PictureRange: ExpressibleByArgument {}
extension SearchChoice.Minimiser: ExpressibleByArgument {}

/// How contrastive examples are searched for.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "cdeepex: as much Q as P, and no other class likelier; xgems: other classes may "
        + "be likelier.",
      valueName: "name"))
  var method = SearchChoice().method

  @Option(
    help: ArgumentHelp(
      "The numbers of an example: clipped to those of pictures, or free as in Feghahati 2020.",
      valueName: "how"))
  var range = SearchChoice().range

  @Option(
    help: ArgumentHelp(
      "Starting points: with an encoder, the input's code and others on the foil's "
        + "side; without one, codes that are searched for.", valueName: "count"))
  var starts = SearchChoice().starts

  @Option(
    help: ArgumentHelp(
      "What minimises between updates of the multipliers; descent is that of Feghahati 2020.",
      valueName: "name"))
  var minimiser = SearchChoice().minimiser

  @Option(
    help: ArgumentHelp(
      "Evaluations after which a search is given up. (default: \(SearchChoice.iterationLimit); "
        + "\(SearchChoice.descentLimit) for descent)",
      valueName: "count"))
  var iterations: Int?

  @Option(help: ArgumentHelp("For descent: the length of its steps.", valueName: "number"))
  var rate = SearchChoice().rate

  @Option(
    help: ArgumentHelp(
      "For descent: steps between updates of the multipliers.", valueName: "count"))
  var innerSteps = SearchChoice().innerSteps

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "ε: how much likelier than P or Q another class may be, as a logarithm.",
      valueName: "number"))
  var slack = SearchChoice().slack

  @Option(
    help: ArgumentHelp(
      "Without an encoder: steps of the search for the input's code.", valueName: "count"))
  var codeSteps = SearchChoice().codeSteps

  @OptionGroup var memory: MemoryOption

  func validate() throws { try usage { try choice.validate() } }

  /// The choice that the words make.
  var choice: SearchChoice {
    var choice = SearchChoice()
    (choice.method, choice.range, choice.starts) = (method, range, starts)
    (choice.minimiser, choice.iterations) = (minimiser, iterations)
    (choice.rate, choice.innerSteps) = (rate, innerSteps)
    (choice.slack, choice.codeSteps) = (slack, codeSteps)
    return choice
  }
}
