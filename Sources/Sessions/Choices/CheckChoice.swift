public import Faithfulness
internal import Imagery
internal import Networks
internal import Saliency
internal import Terms

/// How maps are checked against the network.
public struct CheckChoice: Defaulted {
  /// Pixels deleted between two queries of the network; 1 is exact. Where nothing is said, 16, or as many as make 32
  /// steps to the map's last salient pixel.
  public var step: Int?
  /// The most random choices of pixels that a map is compared with.
  public var draws = MapCheck().draws
  /// Whether all of them are drawn, also where the verdict is clear before.
  public var everyDraw = false
  /// What a map is compared with.
  public var control = MapCheck().control
  /// What deleted pixels become: `mean`, `black`, `white`, `blur:σ`, `noise:σ`, `#rrggbb` or a picture.
  public var fill = "mean"

  /// Compares with random pixels.
  public init() {}

  package func validate() throws {
    if let step, !(1...1_000_000).contains(step) {
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
    var check = MapCheck(
      draws: draws, stopsEarly: !everyDraw, control: control, seed: Seed(seed))
    if let step { (check.metrics.step, check.steps) = (step, SettingFault.most) }
    return CheckStage(
      check: check,
      fill: fill,
      baseline: try Baseline(
        fill, for: "--fill", seed: Seed(seed), picture: Picture.init(contentsOf:)))
  }
}
