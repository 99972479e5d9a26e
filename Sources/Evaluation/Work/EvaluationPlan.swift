public import Contrast
public import Documents
internal import Faithfulness
internal import Files
internal import Foundation
public import Networks
public import Tensors
public import Terms

/// The measuring of methods over many pictures, written down as it goes.
///
/// For each picture the likeliest classes, K = min(top, Cum(mass)), come in clusters; each class c of
/// a cluster of two or more is a pair with C′, the rest of its cluster (section 5 of Xie et al. 2023,
/// UAI); and each method, an explainer by a scheme, has a map for each pair. All maps of a picture are
/// measured together, so that an altered picture that several of them ask for is computed once.
///
/// Each worker takes a picture and computes on one processor thread. Records are written in the order
/// of the pictures, a transaction each, and the next run goes on from there; pictures, explainers and
/// schemes may be added.
///
/// - Randomness: that of the explainers. What is recorded of a picture depends on the picture, the
///   network, the settings and the methods that were measured on it before and with it; not on other
///   pictures, interruptions or the number of workers. Methods that come later have the numbers that
///   they would have had at once, to the rounding of shared passes (``CurveRunner``) and but for points
///   that tables do not read: curves are fine only as far as maps measured together are compared.
/// - Complexity: for each picture, each explainer once, and `n_δ / step` forward passes of batch one
///   and two for each of the whole curves' steps, for each map, less what maps share.
public struct EvaluationPlan: Sendable {
  /// How many steps of progress a picture is.
  public static let progressSteps = EvaluationProgress.steps

  /// The pictures' names, each once.
  public let names: [String]
  private let paths: [String]
  private let network: Network
  private let settings: EvaluationSettings
  private let candidates: [ExplainerCandidate]
  private let methods: [(candidate: Int, scheme: Scheme)]
  private let networkSHA256: String

  /// Describes a job.
  ///
  /// - Parameters:
  ///   - limit: How many pictures, from the first.
  ///   - networkSHA256: The checksum of the network's file.
  ///   - candidates: The explainers, each of another name.
  ///   - schemes: What each of them is measured by, in the order that tables have.
  /// - Throws: ``EvaluationError/regression``, ``EvaluationError/repeated(_:)``.
  public init(
    of pictures: PictureList, limit: Int = .max, by network: Network, networkSHA256: String,
    settings: EvaluationSettings, candidates: [ExplainerCandidate], schemes: [Scheme]
  ) throws {
    guard network.card.task == .classification else { throw EvaluationError.regression }
    try settings.checkSettings()
    for names in [candidates.map(\.explainer.name), schemes.map(\.rawValue)] {
      var seen: Set<String> = []
      if let name = names.first(where: { !seen.insert($0).inserted }) {
        throw EvaluationError.repeated(name)
      }
    }
    let places = pictures.names.indices.prefix(limit)
    names = places.map { pictures.names[$0] }
    paths = places.map { pictures[$0] }
    self.network = network
    self.networkSHA256 = networkSHA256
    self.settings = settings
    self.candidates = candidates
    methods = candidates.indices.flatMap { place in schemes.map { (place, $0) } }
  }

  /// Measures what is not measured yet.
  ///
  /// - Parameters:
  ///   - folder: Where the records are or shall be.
  ///   - workers: How many threads work; on a graphics card one does.
  ///   - memory: Bytes for what they compute; fewer work where it is short.
  ///   - begin: Called before the work with the number of pictures that need none.
  ///   - failure: Called with what is wrong with each picture that cannot be read, in order.
  ///   - progress: Called ten times a second and after each picture, in thousandths of pictures
  ///     (``progressSteps``); throwing stops the job, and what is done stays done.
  /// - Throws: ``EvaluationError``, `FileError`, `NetworkError`, and what explainers throw.
  @discardableResult public func run(
    in folder: String, on device: Device = .cpu, workers: Int, memory: Int,
    begin: (Int) -> Void = { _ in }, failure: (String) -> Void = { _ in },
    progress: ProgressHandler = { _ in }
  ) throws -> EvaluationSummary {
    let writer = try RecordWriter(in: folder, identity(on: device), evaluatedMethods)
    let altered: (wanted: Int, asked: Int)
    do {
      altered = try measure(
        writer, folder, device, max(1, min(workers, memory / PictureMeasurer.memory)), begin,
        failure,
        progress)
    } catch {
      try? writer.end(keeping: false)
      throw error
    }
    try writer.end(keeping: true)
    return try summary(of: folder, altered)
  }

  private func measure(
    _ writer: RecordWriter, _ folder: String, _ device: Device, _ workers: Int,
    _ begin: (Int) -> Void, _ failure: (String) -> Void, _ progress: ProgressHandler
  ) throws -> (wanted: Int, asked: Int) {
    let known = writer.known
    let missing = names.map { known[ExactName($0)].map(\.missing) ?? Array(methods.indices) }
    try checkDone(known, missing, folder)
    let places = names.indices.filter { !missing[$0].isEmpty }
    try writer.write(named: names)
    begin(names.count - places.count)
    var altered = (wanted: 0, asked: 0)
    if places.isEmpty { return altered }
    // Made ready on as many threads as it will run on.
    let meter = try LibTorch.withThreadCount(device == .cpu ? 1 : nil) {
      try PictureMeasurer(network, settings, candidates, methods, on: device)
    }
    let parts = EvaluationProgress()
    var next = 0
    func report() throws {
      try progress(parts.update(next: next, jobs: places.count, before: names.count - places.count))
    }
    try OrderedThreads.run(
      0..<places.count, threads: device == .cpu ? workers : 1, onOneOperatorThreadOf: device
    ) { [names, paths] job in
      let place = places[job]
      parts.begin(job)
      defer { parts.end(job) }
      return try meter.record(
        of: paths[place], named: names[place], methods: missing[place],
        known: known[ExactName(names[place])],
        run: folder, maps: { parts.tell(job, maps: $0.fraction) },
        points: { parts.tell(job, points: $0) })
    } wait: {
      try report()
    } consume: { record in
      // What was measured of a picture stays, though its file is gone now.
      let isKept = record.failure != nil && known[ExactName(record.name)]?.isMeasured == true
      if !isKept { try writer.write(record) }
      altered = (altered.wanted + record.altered.wanted, altered.asked + record.altered.asked)
      if let reason = record.failure { failure(reason) }
      next += 1
      try report()
    }
    return altered
  }

  /// Fails where a picture that needs no work is another than the one that was measured.
  private func checkDone(
    _ known: [ExactName: RecordWriter.Known], _ missing: [[Int]], _ folder: String
  ) throws {
    for place in names.indices where missing[place].isEmpty {
      // One that is gone since is no other.
      guard let now = try? SHA256.hex(ofFile: paths[place]) else { continue }
      if let before = known[ExactName(names[place])]?.sha256, before != now {
        throw EvaluationError.otherPicture(names[place], run: folder)
      }
    }
  }

  var evaluatedMethods: [EvaluatedMethod] {
    methods.map {
      EvaluatedMethod(
        explainer: candidates[$0.candidate].explainer, scheme: $0.scheme,
        support: candidates[$0.candidate].support)
    }
  }

  func identity(on device: Device) -> EvaluationIdentity {
    var card = Card(
      task: network.card.task, output: network.card.output, labels: .list(network.labels.names),
      form: network.form)
    card.threshold = network.card.threshold
    return EvaluationIdentity(
      version: EvaluationIdentity.currentVersion, network: networkSHA256, card: card,
      clusters: settings.clusters, mass: settings.mass, top: settings.top,
      contrast: settings.contrast, metrics: settings.metrics,
      fills: .init(deleted: settings.deleted.text, ground: settings.ground.text),
      seed: settings.seed, device: device == .cpu ? "cpu" : "cuda")
  }

  private func summary(
    of folder: String, _ altered: (wanted: Int, asked: Int)
  ) throws -> EvaluationSummary {
    let run = try EvaluationRun.open(folder)
    let asked = Set(names)
    let failed = run.pictures.count { $0.failure != nil && asked.contains($0.name) }
    let measured = run.pictures.filter { $0.failure == nil }
    return EvaluationSummary(
      path: folder, pictures: measured.count, failed: failed,
      pairless: measured.count { $0.pairs.isEmpty },
      pairs: measured.reduce(0) { $0 + $1.pairs.count }, methods: run.methods.count,
      alteredPictures: altered.asked, sharedPictures: altered.wanted - altered.asked)
  }
}
