internal import Evaluation
internal import Faithfulness
internal import Files
internal import Imagery
internal import Saliency
internal import Terms

/// How maps are measured.
public struct MetricChoice: Defaulted {
  /// Whose arithmetic.
  public enum Preset: String, CaseIterable, Codable, Hashable, Sendable {
    /// That of the equations in CWOX's paper.
    case paper
    /// That of its published code.
    case published
  }

  /// Whose arithmetic.
  public var preset: Preset = .paper
  /// Pixels deleted per step; 1 is exact.
  public var step = 16
  /// Salient pixels have at least this fraction of a map's largest value, 0…1.
  public var delta = 0.5
  /// Steps of deletion and insertion of the whole picture; 0 for none.
  public var wholeSteps = 50
  /// Relative probabilities are read after these fractions of all pixels are deleted.
  public var areas = [0.1, 0.2, 0.3, 0.5]
  /// What a deleted pixel becomes: `mean`, `black`, `white`, `blur:σ`, `noise:σ`, `#rrggbb` or a picture.
  public var fill = "mean"
  /// What insertion starts from; takes what ``fill`` takes.
  public var insertFrom = "blur:5"

  /// Measures as the paper does.
  public init() {}

  package func validate() throws {
    if !(1...1_000_000).contains(step) { throw RequestFault.unfit("--step must be 1 or more") }
    if !(delta > 0 && delta <= 1) {
      throw RequestFault.unfit("--delta must be more than 0, at most 1")
    }
    if !(0...100_000).contains(wholeSteps) {
      throw RequestFault.unfit("--whole-steps must be 0 or more")
    }
    if !areas.allSatisfy((0...1).contains) {
      let text = areas.map { "\($0)" }.joined(separator: ",")
      throw RequestFault.unfit(
        "--areas must be numbers from 0 to 1, joined by commas, not “\(text)”")
    }
  }

  var settings: MetricSettings {
    MetricSettings(
      arithmetic: preset == .paper ? .equations : .published, salience: delta, step: step,
      wholeSteps: wholeSteps, areas: areas)
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
