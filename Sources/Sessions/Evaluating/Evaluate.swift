public import Contrast
internal import Documents
public import Evaluation
internal import Files
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// Measures, over many pictures, how faithful explanations are to a network, as `rather evaluate` does.
public struct Evaluate: Request {
  /// What commands and manifests call it.
  public static let name = "evaluate"

  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// A folder of pictures, or a text file with a path a line, relative to that file; `-` is standard input.
  public var pictures = ""
  /// Which classes of a picture are told apart.
  public var clusters = ClusterChoice()
  /// The explainers, each measured by every scheme.
  public var explainers = ["grad-cam", "rise", "mwp", "lime"]
  /// `name:key=value,…`: the settings of one of them.
  public var settings: [String] = []
  /// The schemes; tables compare the others with the first.
  public var schemes: [Scheme] = [.swox, .cwox1sA, .cwox1sB, .cwox2s]
  /// How schemes that leave it open set fact against foil: by maps that are subtracted.
  public var contrast: Contrast = .outside
  /// Where CWOX-2s explains classes; CWOX's percentiles where nothing is said.
  public var support: Support?
  /// How maps are measured.
  public var metrics = MetricChoice()
  /// The folder of the run.
  public var folder = ""
  /// Only this many pictures, from the first on.
  public var limit: Int?
  /// Bytes for weights and activations; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// What all randomness follows from.
  public var seed: UInt64 = 0

  /// Asks nothing yet.
  public init() {}

  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// What was measured.
  public struct Answer: Sendable {
    /// What the run holds.
    public let summary: EvaluationSummary
    /// How many pictures there were.
    public let pictureCount: Int
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try network.validate()
    try clusters.validate()
    try metrics.validate()
    if let limit, limit < 1 { throw RequestFault.unfit("--limit must be 1 or more") }
    if !contrast.isDifference {
      throw RequestFault.unfit(
        "--contrast must be outside, outside-raw, pairwise or pairwise-raw")
    }
    try MemoryChoice.check(memory)
  }

  /// Measures what is not yet measured.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let device = try network.chosenDevice()
    let loaded = try network.load(in: session)
    if loaded.card.task == .regression { throw EvaluationError.regression }
    try loaded.checkAnswersOnce(for: "evaluate")
    try loaded.checkHasProbabilities(for: "evaluate")
    let source = try clusters.source(for: loaded.labels)
    var settings = try EvaluationSettings(
      partition: source.partition, from: source.origin, mass: clusters.mass, top: clusters.limit,
      contrast: contrast, metrics: metrics.settings, deleted: metrics.deleted(seed),
      ground: metrics.ground(seed))
    settings.seed = Seed(seed)
    let job = try EvaluationPlan(
      of: .told(at: pictures, telling), limit: limit ?? .max, by: loaded,
      networkSHA256: SHA256.hex(ofFile: network.model), settings: settings,
      candidates: candidates(for: loaded, on: device), schemes: schemes)
    var progress = telling.stage("evaluation", unit: EvaluationPlan.progressSteps)
    let summary = try job.run(
      in: folder, on: device, workers: LibTorch.threadCount,
      memory: session.resources(memory, beside: loaded).memory
    ) { done in
      if done > 0 {
        telling.note("resuming after \(done) of \(Counted.text(job.names.count, "picture"))")
      }
      progress = telling.stage(
        "evaluation", before: done * EvaluationPlan.progressSteps,
        unit: EvaluationPlan.progressSteps)
    } failure: {
      telling.failed(UnmeasuredPicture(reason: $0))
    } progress: {
      try progress($0)
    }
    return Answer(summary: summary, pictureCount: job.names.count)
  }
}

/// A picture that could not be measured, and why.
struct UnmeasuredPicture: Fault {
  let reason: String

  var kind: FaultKind { .data }

  var description: String { reason }
}
