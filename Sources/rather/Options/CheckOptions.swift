public import ArgumentParser
public import Faithfulness
import Sessions

extension MapCheck.Control: ExpressibleByArgument {}

/// Whether maps are checked against the network, and how.
struct CheckOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Delete what each map shows and see whether that lowers P against Q more than deleting random "
        + "pixels does; maps that fail are marked."))
  var check = false

  @Option(
    help: ArgumentHelp(
      "Pixels deleted between two queries of the network; 1 is exact. (default: 16, or as many as make 32 steps)",
      valueName: "count"))
  var checkStep: Int?

  @Option(
    help: ArgumentHelp(
      "The most random choices of pixels that a map is compared with. (default: \(defaults.draws))",
      valueName: "count"))
  var checkDraws: Int?

  @Flag(
    help: ArgumentHelp(
      "Compare a map with all of them, also where its verdict is clear before."))
  var checkEveryDraw = false

  @Option(
    help: ArgumentHelp(
      "What a map is compared with: random pixels, or its own pattern shifted "
        + "elsewhere. (default: \(defaults.control.rawValue))",
      valueName: "what"))
  var checkControl: MapCheck.Control?

  @Option(
    help: ArgumentHelp(
      "What deleted pixels become: mean (the card's mean colour), black, blur:SIGMA, "
        + "#rrggbb, and so on. (default: \(defaults.fill))",
      valueName: "baseline"))
  var fill: String?

  func validate() throws {
    let given = [
      ("--check-step", checkStep.map { "\($0)" }), ("--check-draws", checkDraws.map { "\($0)" }),
      ("--check-every-draw", checkEveryDraw ? "" : nil),
      ("--check-control", checkControl?.rawValue), ("--fill", fill),
    ].first { $0.1 != nil }?.0
    if let given, !check { throw ValidationError("\(given) goes with --check; add it") }
    try usage { try choice?.validate() }
  }

  /// The choice that the words make; `nil` where no check was asked for.
  var choice: CheckChoice? {
    guard check else { return nil }
    var choice = CheckChoice()
    choice.step = checkStep
    choice.draws = checkDraws ?? choice.draws
    choice.everyDraw = checkEveryDraw
    choice.control = checkControl ?? choice.control
    choice.fill = fill ?? choice.fill
    return choice
  }

  private static let defaults = CheckChoice()
}
