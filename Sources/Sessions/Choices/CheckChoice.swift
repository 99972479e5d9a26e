public import Faithfulness
internal import Imagery
internal import Networks
internal import Saliency
internal import Terms

/// How maps are checked against the network.
public struct CheckChoice: Defaulted {
  /// Pixels deleted between two queries of the network; 1 is exact.
  public var step = MapCheck().metrics.step
  /// Random choices of pixels that a map is compared with.
  public var draws = MapCheck().draws
  /// What a map is compared with.
  public var control = MapCheck().control
  /// What deleted pixels become: `mean`, `black`, `white`, `blur:σ`, `noise:σ`, `#rrggbb` or a picture.
  public var fill = "mean"

  /// Compares with random pixels.
  public init() {}

  package func validate() throws {
    if !(1...1_000_000).contains(step) {
      throw RequestFault.unfit("--check-step must be from 1 to 1000000")
    }
    let least = MapCheck().leastDraws
    if !(least...9999).contains(draws) {
      throw RequestFault.unfit(
        "--check-draws must be from \(least) to 9999; with fewer than \(least) no map could pass at "
          + "95 %")
    }
  }

  /// The check of maps of a network.
  ///
  /// - Throws: What is wrong with it, before any map is made.
  func stage(for network: Network, seed: UInt64) throws -> CheckStage {
    if network.card.task == .regression {
      throw RequestFault.unfit(
        "--check follows the probabilities of classes, and this network is a regression; leave it out"
      )
    }
    return CheckStage(
      check: MapCheck(
        draws: draws, control: control, seed: Seed(seed), metrics: MetricSettings(step: step)),
      fill: fill,
      baseline: try Baseline(
        fill, for: "--fill", seed: Seed(seed), picture: Picture.init(contentsOf:)))
  }
}
