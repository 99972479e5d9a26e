public import Contrast
public import Faithfulness
public import Terms

/// A run made ready for tables: the numbers of its maps, and what happened to its pictures.
public struct TabledRun: Sendable {
  /// What it is called in tables, such as its folder's name.
  public let title: String
  /// What was measured, in the order that it was asked for.
  public let methods: [EvaluatedMethod]
  /// How maps were measured.
  public let settings: MetricSettings
  /// The names of the classes.
  public let labels: ClassLabels
  /// Its pairs, pictures by name, and those of a picture in its own order.
  public let pairs: [TabledPair]
  /// What happened to its pictures.
  public let counts: EvaluationCounts

  /// Reads a run, a picture's curves in memory at a time.
  ///
  /// - Throws: ``EvaluationError/records(_:reason:)``, and what `progress` throws.
  public init(
    _ run: EvaluationRun, title: String, progress: ProgressHandler = { _ in }
  ) throws {
    try self.init(
      title: title, run.methods, run.identity.metrics, run.labels, run.pictures,
      named: run.namedCount,
      progress: progress
    ) { try run.pairs(of: $0) }
  }

  /// Takes the pairs of pictures one after the other.
  init(
    title: String, _ methods: [EvaluatedMethod], _ settings: MetricSettings, _ labels: ClassLabels,
    _ pictures: [EvaluatedPicture], named: Int = 0, progress: ProgressHandler = { _ in },
    measured: (EvaluatedPicture) throws -> [MeasuredPair]
  ) throws {
    (self.title, self.methods, self.settings) = (title, methods, settings)
    self.labels = labels
    var pairs: [TabledPair] = []
    for (place, picture) in pictures.enumerated() {
      pairs += try measured(picture).map { pair in
        TabledPair(picture, at: place, pair, MapNumbers.of(pair.curves, methods, settings))
      }
      try progress(.init(completed: place + 1, total: pictures.count))
    }
    self.pairs = pairs.filter { pair in pair.numbers.contains { $0 != nil } }
    counts = EvaluationCounts(pictures, named: named, self.pairs, methods.count)
  }

  /// Whether curves over the whole picture were measured.
  public var hasWholeCurves: Bool { settings.wholeSteps > 0 }

  /// The explainers, in order of first mention.
  public var explainers: [EvaluatedExplainer] { Self.unique(methods.map(\.explainer)) }

  /// The schemes, in order of first mention.
  public var schemes: [Scheme] { Self.unique(methods.map(\.scheme)) }

  /// The place of a method among ``methods``.
  func place(explainer: String, scheme: Scheme) -> Int? {
    methods.firstIndex { $0.explainer.name == explainer && $0.scheme == scheme }
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}

/// A fact and the rest of its cluster in one picture, and what every method's map comes to.
public struct TabledPair: Sendable {
  /// The picture's place among those of the run.
  public let picture: Int
  /// The picture's name.
  public let pictureName: String
  /// The fact c, the foil C′ and their cluster.
  public let pair: EvaluatedPicture.Pair
  /// `p_c` of the whole picture.
  public let factProbability: Double
  /// `p_{C′}` of the whole picture.
  public let foilProbability: Double
  /// By place among the run's methods; `nil` where a map has not been measured.
  public let numbers: [MapNumbers?]

  fileprivate init(
    _ picture: EvaluatedPicture, at place: Int, _ measured: MeasuredPair, _ numbers: [MapNumbers?]
  ) {
    func probability(_ classes: [Int]) -> Double {
      picture.likeliest.filter { classes.contains($0.index) }
        .reduce(0) { $0 + Double($1.probability) }
    }
    self.picture = place
    pictureName = picture.name
    pair = measured.pair
    factProbability = probability([pair.fact])
    foilProbability = probability(pair.foil)
    self.numbers = numbers
  }
}
