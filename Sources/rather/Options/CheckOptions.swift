public import ArgumentParser
public import Faithfulness
import Imagery
import Networks
import Report
import Saliency
import Tensors
import Terms

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
      "Pixels deleted between two queries of the network; 1 is exact. (default: 16)",
      valueName: "count"))
  var checkStep: Int?

  @Option(
    help: ArgumentHelp(
      "Random choices of pixels that a map is compared with. (default: 99)", valueName: "count"))
  var checkDraws: Int?

  @Option(
    help: ArgumentHelp(
      "What a map is compared with: random pixels, or its own pattern shifted "
        + "elsewhere. (default: random)",
      valueName: "what"))
  var checkControl: MapCheck.Control?

  @Option(
    help: ArgumentHelp(
      "What deleted pixels become: mean (the card's mean colour), black, blur:SIGMA, "
        + "#rrggbb, and so on. (default: mean)",
      valueName: "baseline"))
  var fill: String?

  func validate() throws {
    let given = [
      ("--check-step", checkStep.map { "\($0)" }), ("--check-draws", checkDraws.map { "\($0)" }),
      ("--check-control", checkControl?.rawValue), ("--fill", fill),
    ].first { $0.1 != nil }?.0
    if let given, !check { throw ValidationError("\(given) goes with --check; add it") }
    if let checkStep, !(1...1_000_000).contains(checkStep) {
      throw ValidationError("--check-step must be from 1 to 1000000")
    }
    let least = MapCheck().leastDraws
    if let checkDraws, !(least...9999).contains(checkDraws) {
      throw ValidationError(
        "--check-draws must be from \(least) to 9999; with fewer than \(least) no map could pass at "
          + "95 %")
    }
  }

  /// The check of maps of a network, if one was asked for.
  ///
  /// - Throws: What is wrong with it, before any map is made.
  func checking(for network: Network, seed: UInt64) throws -> MapChecking? {
    guard check else { return nil }
    if network.card.task == .regression {
      throw ValidationError(
        "--check follows the probabilities of classes, and this network is a regression; leave it out"
      )
    }
    let usual = MapCheck()
    let fill = fill ?? "mean"
    return MapChecking(
      check: MapCheck(
        draws: checkDraws ?? usual.draws, control: checkControl ?? usual.control,
        seed: Seed(seed), metrics: MetricSettings(step: checkStep ?? usual.metrics.step)),
      fill: fill,
      baseline: try Baseline(
        fill, for: "--fill", seed: Seed(seed), picture: Picture.init(contentsOf:)))
  }
}

/// A check of maps as it was chosen.
struct MapChecking {
  let check: MapCheck
  let fill: String
  let baseline: Baseline

  /// The picture with the checks of its maps.
  func checked(
    _ explained: ExplainedPicture, _ network: Network, at input: Tensor,
    within resources: Resources
  ) throws -> ExplainedPicture {
    let runner = try CurveRunner(network, at: input, fill: baseline, within: resources)
    let meter = Meter("Check")
    let results = try check.results(
      of: explained.answers.compactMap { MeasuredMap($0) }, by: runner
    ) { meter.show($0) }
    var checked = explained
    checked.checks = MapChecks(check, fill: fill, results: results)
    return checked
  }
}
