internal import Confusion
internal import Contrast
internal import Documents
internal import Faithfulness
internal import Files
internal import Foundation
internal import Imagery
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// Measures methods on one picture; may be used from several threads at once.
///
/// The budget of memory is the same for every picture, nothing is tuned by measuring time, and each
/// explainer answers all schemes, wanted or not, for the last bit of a walk back may depend on how many
/// scores share it. So what it finds depends on the picture, the network, the settings and the methods
/// that are wanted together alone.
struct PictureMeasurer: Sendable {
  let network: Network
  let settings: EvaluationSettings
  let candidates: [ExplainerCandidate]
  /// The methods, by place: an explainer's place among the candidates, and a scheme.
  let methods: [(candidate: Int, scheme: Scheme)]
  let device: Device
  private let prepared: PreparedProgram

  /// Bytes for the work on a picture.
  static let memory = 1 << 29

  init(
    _ network: Network, _ settings: EvaluationSettings, _ candidates: [ExplainerCandidate],
    _ methods: [(candidate: Int, scheme: Scheme)], on device: Device
  ) throws {
    self.network = network
    self.settings = settings
    self.candidates = candidates
    self.methods = methods
    self.device = device
    let sample = try network.card.input.input(fromCut: network.card.input.noisePicture())
    prepared = try CurveRunner.prepared(network, for: sample.on(device), within: Self.resources)
  }

  private static let resources = Resources(memory: memory, tunings: nil)

  /// Measures some methods on a picture.
  ///
  /// - Parameters:
  ///   - known: What earlier work found of it.
  ///   - run: What errors call the run.
  ///   - maps: Called as maps are made.
  ///   - points: Called as their curves are.
  /// - Throws: ``EvaluationError``, and what explainers throw.
  func record(
    of path: String, named name: String, methods wanted: [Int], known: RecordWriter.Known?,
    run: String, maps: (ProgressUpdate) -> Void, points: (ProgressUpdate) -> Void
  ) throws -> PictureRecord {
    let sha256 = try? SHA256.hex(ofFile: path)
    if let known, known.isMeasured, let sha256, known.sha256 != sha256 {
      throw EvaluationError.otherPicture(name, run: run)
    }
    let picture: Picture
    do { picture = try Picture(contentsOf: path) } catch {
      // Records say the same wherever the folder lies.
      return .failed(name, sha256, error.description.replacing(path, with: name))
    }
    do {
      let input = try network.input(from: picture, on: device)
      return try record(of: input, named: name, sha256, wanted, known, run, maps, points)
    } catch NetworkError.vanished(let classes) {
      return .failed(name, sha256, NetworkError.vanished(classes).description)
    } catch NetworkError.notFinite {
      return .failed(name, sha256, EvaluationError.notFinite(name).description)
    } catch FaithfulnessError.notFinite {
      return .failed(name, sha256, EvaluationError.notFinite(name).description)
    }
  }

  private func record(
    of input: Input, named name: String, _ sha256: String?, _ wanted: [Int],
    _ known: RecordWriter.Known?, _ run: String, _ mapProgress: (ProgressUpdate) -> Void,
    _ pointProgress: (ProgressUpdate) -> Void
  ) throws -> PictureRecord {
    let likeliest = try network.prediction(for: input.tensor)
      .likeliest(mass: settings.mass, limit: settings.top)
    let classes = likeliest.map(\.index)
    if let known, known.isMeasured, known.likeliest != classes {
      throw EvaluationError.otherAnswer(name, run: run)
    }
    let grouping = settings.partition.grouping(classes)
    var record = PictureRecord(
      name: name, sha256: sha256, failure: nil,
      likeliest: likeliest.map { .init(index: $0.index, probability: $0.probability) },
      clusters: grouping.groups, methods: wanted)
    let pairs = EvaluatedPicture.pairs(of: grouping.groups)
    if pairs.isEmpty { return record }
    let maps = try maps(at: input, grouping, pairs, wanted, mapProgress)
    let runner = try CurveRunner(
      network, at: input, fill: settings.deleted.baseline, ground: settings.ground.baseline,
      prepared: prepared)
    var asked = 0
    let curves = try MapMeasurer(runner, settings.metrics).curves(
      of: maps, comparedIn: groups(wanted, pairCount: pairs.count)
    ) {
      asked = $0.total
      pointProgress($0)
    }
    record.altered = (curves.reduce(0) { $0 + $1.pointCount }, asked)
    let places = wanted.flatMap { method in pairs.map { (method, $0.fact) } }
    record.curves = zip(places, curves).map { place, curves in
      .init(
        fact: place.1, method: place.0, salientCount: curves.salientCount,
        salient: CurveCode.data(of: curves.salient),
        deletion: curves.deletion.map { CurveCode.data(of: $0) },
        insertion: curves.insertion.map { CurveCode.data(of: $0) })
    }
    return record
  }

  /// The maps of the wanted methods, method by method, one for each pair.
  private func maps(
    at input: Input, _ grouping: Partition.Grouping, _ pairs: [EvaluatedPicture.Pair],
    _ wanted: [Int], _ progress: (ProgressUpdate) -> Void
  ) throws -> [MeasuredMap] {
    let count = Double(Set(wanted.map { methods[$0].candidate }).count)
    var done = 0.0
    var found: [Int: [MeasuredMap]] = [:]
    for (place, candidate) in candidates.enumerated() {
      let own = wanted.filter { methods[$0].candidate == place }
      if own.isEmpty { continue }
      let answers = try candidate.stages.answers(
        about: network, at: input, by: Scheme.allCases.map { plan($0, of: candidate) },
        within: Self.resources,
        progress: { update in
          progress(.init(completed: Int(1000 * (done + update.fraction) / count), total: 1000))
        }
      ) { _ in grouping }
      done += 1
      let byScheme = Dictionary(uniqueKeysWithValues: zip(Scheme.allCases, answers))
      for method in own {
        found[method] = try pairs.map { pair in
          guard let cluster = byScheme[methods[method].scheme]?.clusters[pair.cluster],
            let member = cluster.classes.firstIndex(of: pair.fact)
          else {
            throw EvaluationError.noMap(of: network.labels[pair.fact], by: methods[method].scheme)
          }
          return MeasuredMap(
            cluster.members[member].map.values, of: ClassSet(pair.fact),
            against: ClassSet(pair.foil))
        }
      }
    }
    return wanted.flatMap { found[$0] ?? [] }
  }

  /// The maps that tables compare: of one pair, those of an explainer's schemes, and those of a scheme's
  /// explainers.
  private func groups(_ wanted: [Int], pairCount: Int) -> [[Int]] {
    let byExplainer = Dictionary(grouping: wanted.indices) { methods[wanted[$0]].candidate }
    let byScheme = Dictionary(grouping: wanted.indices) { methods[wanted[$0]].scheme }
    let groups = Array(byExplainer.values) + Array(byScheme.values)
    return groups.flatMap { group in
      (0..<pairCount).map { pair in group.map { $0 * pairCount + pair } }
    }
  }

  private func plan(_ scheme: Scheme, of candidate: ExplainerCandidate) -> WholeOutputPlan {
    WholeOutputPlan(
      scheme: scheme, contrast: settings.contrast, support: candidate.support,
      clusterScore: candidate.clusterScore, classScore: candidate.classScore, mass: settings.mass,
      limit: settings.top)
  }
}

extension MapCurves {
  /// How many points the curves have.
  fileprivate var pointCount: Int {
    [salient, deletion, insertion].reduce(0) { $0 + ($1?.counts.count ?? 0) }
  }
}
