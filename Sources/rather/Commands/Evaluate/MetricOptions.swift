import ArgumentParser
import Evaluation
import Faithfulness
import Files
import Foundation
import Imagery
import Saliency
import Terms

/// How maps are measured.
struct MetricOptions: ParsableArguments {
  /// Whose arithmetic.
  enum Preset: String, CaseIterable, ExpressibleByArgument {
    case paper, published
  }

  @Option(
    help: ArgumentHelp(
      "Whose arithmetic: that of the equations in CWOX's paper, or that of the "
        + "published code, which departs from them."))
  var preset: Preset = .paper

  @Option(help: ArgumentHelp("Pixels deleted per step; 1 is exact.", valueName: "pixels"))
  var step = 16

  @Option(help: "Salient pixels have at least this fraction of a map's largest value, 0…1.")
  var delta = 0.5

  @Option(
    help: ArgumentHelp(
      "Steps of deletion and insertion of the whole picture; 0 for none.", valueName: "count"))
  var wholeSteps = 50

  @Option(
    help: ArgumentHelp(
      "Relative probabilities are read after these fractions of all pixels are deleted.",
      valueName: "0…1,…"))
  var areas = "0.1,0.2,0.3,0.5"

  @Option(
    help: ArgumentHelp(
      "What a deleted pixel becomes: mean, black, white, blur:σ, noise:σ, #rrggbb or a picture.",
      valueName: "what"))
  var fill = "mean"

  @Option(
    help: ArgumentHelp("What insertion starts from; takes what --fill takes.", valueName: "what"))
  var insertFrom = "blur:5"

  func validate() throws {
    if !(1...1_000_000).contains(step) { throw ValidationError("--step must be 1 or more") }
    if !(delta > 0 && delta <= 1) {
      throw ValidationError("--delta must be more than 0, at most 1")
    }
    if !(0...100_000).contains(wholeSteps) {
      throw ValidationError("--whole-steps must be 0 or more")
    }
    if areaList == nil {
      throw ValidationError("--areas must be numbers from 0 to 1, joined by commas, not “\(areas)”")
    }
  }

  private var areaList: [Double]? {
    if areas.isEmpty { return [] }
    let numbers = areas.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let found = numbers.compactMap(\.self).filter { (0...1).contains($0) }
    return found.count == numbers.count ? found : nil
  }

  var settings: MetricSettings {
    MetricSettings(
      arithmetic: preset == .paper ? .equations : .published, salience: delta, step: step,
      wholeSteps: wholeSteps, areas: areaList ?? [])
  }

  func deleted(_ seed: UInt64) throws -> EvaluationSettings.Fill { try read(fill, "--fill", seed) }

  func ground(_ seed: UInt64) throws -> EvaluationSettings.Fill {
    try read(insertFrom, "--insert-from", seed)
  }

  private func read(
    _ text: String, _ option: String, _ seed: UInt64
  ) throws -> EvaluationSettings.Fill {
    var file: String?
    let baseline = try Baseline(text, for: option, seed: Seed(seed)) { path in
      file = path
      return try Picture(contentsOf: path)
    }
    guard let file else { return .init(text, baseline) }
    return .init("a picture \(try SHA256.hex(ofFile: file).prefix(12))", baseline)
  }
}
