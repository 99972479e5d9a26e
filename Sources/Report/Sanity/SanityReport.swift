internal import Contrast
public import Faithfulness
public import Files
public import Imagery
public import Networks
internal import Saliency
public import Terms

/// The folder that `rather sanity` writes: `manifest.json`, `maps.npz`, and `index.html`, which
/// needs no other file and no network connection.
public struct SanityReport: Sendable {
  /// A method and what the tests found.
  public struct Tested: Sendable {
    /// The method.
    public let method: Method
    /// How it was asked.
    public let score: String
    /// How fact and foil were set against each other; `nil` where there is no foil.
    public let contrast: String?
    /// What was found, a test each.
    public let results: [SanityResult]

    /// Joins a method and its results.
    public init(method: Method, score: String, contrast: String?, results: [SanityResult]) {
      self.method = method
      self.score = score
      self.contrast = contrast
      self.results = results
    }
  }

  /// The network.
  public let network: Network
  /// The picture.
  public let picture: Picture
  /// What the network answered.
  public let prediction: Prediction
  /// What is asked.
  public let question: Question
  /// The weights in stages, from the output down.
  public let stages: [WeightStage]
  /// Which numbers of the maps were compared.
  public let maps: SanityMaps
  /// The methods.
  public let tested: [Tested]
  /// The methods that could not explain this network.
  public let leftOut: [SanityManifest.Omission]
  /// Where it comes from: the network's file, the picture's, and how.
  public let provenance: Provenance

  /// Joins what a report shows.
  public init(
    network: Network, picture: Picture, prediction: Prediction, question: Question,
    stages: [WeightStage], maps: SanityMaps, tested: [Tested],
    leftOut: [SanityManifest.Omission], provenance: Provenance
  ) {
    self.network = network
    self.picture = picture
    self.prediction = prediction
    self.question = question
    self.stages = stages
    self.maps = maps
    self.tested = tested
    self.leftOut = leftOut
    self.provenance = provenance
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Parameter contents: Whether the page is written.
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(
    to path: String, existing: ExistingFiles = .refuse, contents: ReportContents = .pages
  ) throws -> SanityManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      try folder.fill("maps.npz") { try archive().write(to: $0) }
      if contents == .pages { try folder.write("index.html", SanityPage(report: self).html()) }
      let manifest = try manifest(folder.header(.sanity, provenance))
      try folder.write(manifest)
      return manifest
    }
  }

  private func archive() throws -> MapArchive {
    var archive = MapArchive()
    var names: Set<String> = []
    func add(_ key: String, _ map: SaliencyMap?) throws {
      guard let map, names.insert(key).inserted else { return }
      try archive.add(key, map.values)
    }
    for method in tested {
      for result in method.results {
        try add(originalKey(result, of: method), result.original)
        for step in result.steps { try add(key(step, in: result, of: method), step.map) }
      }
    }
    return archive
  }
}

extension SanityReport {
  private func manifest(_ header: ManifestHeader) throws -> SanityManifest {
    func named(_ set: ClassSet?) -> [Manifest.Class] {
      set?.indices.map { .init(index: $0, label: network.labels[$0]) } ?? []
    }
    return SanityManifest(
      header: header, geometry: try .init(of: network.preprocessing, over: picture),
      prediction: Array(prediction.classes.prefix(5)), logits: prediction.logits,
      question: question.text(network.labels), fact: named(question.fact),
      foil: named(question.foil),
      stages: stages.enumerated().map {
        .init(number: $0 + 1, modules: $1.modules, parameterCount: $1.parameterCount)
      }, maps: maps, methods: tested.map(description),
      leftOut: leftOut.map {
        .init(explainer: $0.explainer, reason: provenance.paths.text($0.reason))
      })
  }

  private func description(of method: Tested) -> SanityManifest.Method {
    .init(
      explainer: method.method.explainer, layer: method.method.layerName,
      settings: method.method.effectiveSettings(of: network.form)
        .mapValues(provenance.paths.value),
      score: method.score, contrast: method.contrast,
      tests: method.results.map { result in
        .init(
          test: result.test, question: result.question.text(network.labels),
          original: originalKey(result, of: method), chance: result.chance,
          verdict: result.verdict, sentence: SanityWording(stages: stages).sentence(about: result),
          steps: result.steps.map { description(of: $0, in: result, of: method) })
      })
  }

  private func description(
    of step: SanityResult.Step, in result: SanityResult, of method: Tested
  ) -> SanityManifest.Step {
    var numbers: [Int] = []
    var question: String?
    switch step.change {
    case .stages(let range): numbers = range.map { $0 + 1 }
    case .question(let asked): question = asked.text(network.labels)
    }
    return .init(
      key: step.map.map { _ in key(step, in: result, of: method) }, stages: numbers,
      question: question, condition: step.condition.rawValue, similarity: step.similarity,
      kept: step.kept)
  }

  private func originalKey(_ result: SanityResult, of method: Tested) -> String {
    "\(method.method.explainer)/\(result.question.key(network.labels))"
  }

  private func key(
    _ step: SanityResult.Step, in result: SanityResult, of method: Tested
  ) -> String {
    switch step.change {
    case .stages(let range):
      "\(method.method.explainer)/\(result.test.rawValue)-\(range.upperBound + 1)"
    case .question:
      "\(method.method.explainer)/\(result.test.rawValue)-\(place(of: step, in: result) + 1)"
    }
  }

  private func place(of step: SanityResult.Step, in result: SanityResult) -> Int {
    result.steps.firstIndex { $0.change == step.change } ?? 0
  }
}
