public import Networks
public import Saliency
public import Tensors
public import Terms

/// Asks a network about one input while its features, such as pixels, are taken away or come back.
///
/// The network is prepared once, runs forward only, and sees each altered input once, however many
/// paths lead through it (`AlteredPictures`). While few pixels of a picture are gone only what they can
/// have reached is computed (`LocalProgram`). So what is answered for a picture depends on what else is
/// asked, by rounding.
public struct CurveRunner: Sendable {
  private let network: Network
  private let input: Input
  private let blank: Tensor
  private let ground: Tensor
  private let prepared: PreparedProgram
  private let local: LocalProgram?

  /// Prepares a network for an input.
  ///
  /// - Parameters:
  ///   - fill: What a deleted feature becomes; the mean colour in the paper.
  ///   - ground: What insertion starts from; without one a blur of a picture, as in RISE, and of other inputs
  ///     what stands for nothing.
  ///   - prepared: The network made ready already, with a batch that is settled.
  /// - Throws: ``FaithfulnessError/regression``.
  public init(
    _ network: Network, at input: Input, fill: Baseline = .mean, ground: Baseline? = nil,
    prepared: PreparedProgram? = nil, within resources: Resources = Resources()
  ) throws {
    guard network.card.task == .classification else { throw FaithfulnessError.regression }
    self.network = network
    self.input = input
    let isPlane = input.features.arrangement == .plane
    blank = try fill.input(for: network, at: input.tensor)
    self.ground = try (ground ?? (isPlane ? .blur(sigma: 5) : .mean))
      .input(for: network, at: input.tensor)
    self.prepared = try prepared ?? Self.prepared(network, for: input.tensor, within: resources)
    local = isPlane ? try LocalProgram(self.prepared, around: input.tensor) : nil
  }

  /// The same for numbers as the network reads them, `[1, …]`.
  public init(
    _ network: Network, at numbers: Tensor, fill: Baseline = .mean, ground: Baseline? = nil,
    prepared: PreparedProgram? = nil, within resources: Resources = Resources()
  ) throws {
    try self.init(
      network, at: network.input(numbers), fill: fill, ground: ground, prepared: prepared,
      within: resources)
  }

  /// A network made ready for curves.
  public static func prepared(
    _ network: Network, for input: Tensor, within resources: Resources = Resources()
  ) throws -> PreparedProgram {
    // What the layers give for the picture itself is kept beside the passes.
    let share = resources.beside(bytes: 4 * network.program.activationCount)
      .divided(by: LibTorch.threadCount)
    return try network.program.prepared(
      for: input,
      PreparationRequest(
        pictures: 1024, memory: share.memory,
        bytesPerPicture: 2 * 4 * input.count,
        tunings: resources.tunings))
  }

  /// The number of features of the input, n.
  public var featureCount: Int { input.features.count }

  /// The number of classes.
  public var classCount: Int { network.classCount }

  /// How they belong together.
  public var head: Head { network.head }

  /// How long a pass for one altered picture takes, all cores at work, as a first pass tells.
  ///
  /// - Complexity: two passes.
  public func passDuration() throws -> Duration {
    let order = FeatureOrder(places: (0..<Int32(featureCount)).map { $0 })
    let path = FeaturePath(.deletion, order, at: [featureCount])
    func pass() throws { _ = try logProbabilities(of: [ClassSet(0)], along: [path]) }
    try pass()
    let start = ContinuousClock.now
    try pass()
    return start.duration(to: .now) / (input.device == .cpu ? LibTorch.threadCount : 1)
  }

  /// Log-probabilities of sets of classes along paths, `log p_C = log Σ_{c∈C} softmax(y)_c`; of labels that any of
  /// them is there, `log (1 − Π_{c∈C} (1 − σ(y_c)))`.
  ///
  /// - Returns: For each path, each of its counts and each set, a number of 0 or less.
  /// - Complexity: a forward pass of batch one for each altered picture, shared by the paths.
  /// - Throws: ``FaithfulnessError/featureCount(_:input:)``, `NetworkError`, `TensorError`.
  public func logProbabilities(
    of sets: [ClassSet], along paths: [FeaturePath], progress: ProgressHandler = { _ in }
  ) throws -> [[[Double]]] {
    try logProbabilities(
      of: sets, along: paths, workers: input.device == .cpu ? LibTorch.threadCount : 1,
      progress: progress)
  }

  /// - Parameter workers: How many passes may compute at once, on a thread each.
  func logProbabilities(
    of sets: [ClassSet], along paths: [FeaturePath], workers: Int, progress: ProgressHandler
  ) throws -> [[[Double]]] {
    for path in paths where path.order.places.count != featureCount {
      throw FaithfulnessError.featureCount(path.order.places.count, input: featureCount)
    }
    let pictures = AlteredPictures(paths)
    let passes = passes(through: pictures.stops)
    let total = pictures.stops.count
    var found: [[Double]] = []
    found.reserveCapacity(total)
    func consume(_ answers: [[Double]]) throws {
      found += answers
      try progress(.init(completed: found.count, total: total))
    }
    if workers <= 1 {
      for pass in passes { try consume(answers(for: pass, of: paths, sets)) }
    } else {
      // Passes that each have a core to themselves never wait for each other; within one, threads do
      // after every operator.
      try OrderedThreads.run(0..<passes.count, threads: workers, onOneOperatorThreadOf: .cpu) {
        try answers(for: passes[$0], of: paths, sets)
      } consume: {
        try consume($0)
      }
    }
    return pictures.places.map { $0.map { found[$0] } }
  }

  /// Altered pictures of one path that go through the network together.
  private struct Pass {
    let path: Int
    let counts: [Int]
  }

  private func passes(through stops: [AlteredPictures.Stop]) -> [Pass] {
    var passes: [Pass] = []
    var rest = stops[...]
    while let first = rest.first {
      let own = rest.prefix(prepared.batch).prefix { $0.path == first.path }
      passes.append(Pass(path: first.path, counts: own.map(\.count)))
      rest = rest.dropFirst(own.count)
    }
    return passes
  }

  private func answers(
    for pass: Pass, of paths: [FeaturePath], _ sets: [ClassSet]
  ) throws -> [[Double]] {
    let (path, counts) = (paths[pass.path], pass.counts)
    var alteration = FeatureMask(path.order, featureCount, width: input.features.grid.columns)
    var masks: [UInt8] = []
    masks.reserveCapacity(counts.count * featureCount)
    for count in counts { masks += alteration.mask(of: count) }
    let features = input.features
    let altered = try features.spread(Tensor(masks, shape: [counts.count] + features.shape))
      .on(input.device)
    let output = try output(path.direction, kept: altered.isLess(than: 1), alteration.region)
    try network.checkLogits(of: sets, in: output)
    let logits = HeadedLogits(
      try network.logits(of: output).converted(to: .float64), network.head)
    let columns = try logits.logProbabilities(of: sets).map {
      try $0.on(.cpu).elements(as: Double.self)
    }
    return counts.indices.map { row in columns.map { min(0, $0[row]) } }
  }

  /// - Parameter region: Where pixels are altered; `nil` for nowhere.
  private func output(
    _ direction: FeaturePath.Direction, kept: Tensor, _ region: PixelRegion?
  ) throws -> Tensor {
    switch direction {
    case .deletion:
      let pictures = try Tensor.choosing(input.tensor, where: kept, otherwise: blank)
      guard let region, let local else { return try prepared.output(for: pictures) }
      return try local.output(for: pictures, differingIn: region)
    case .insertion:
      return try prepared.output(for: .choosing(ground, where: kept, otherwise: input.tensor))
    }
  }
}

/// Says which features are altered, count after count.
private struct FeatureMask {
  private let order: FeatureOrder
  private let width: Int
  private var altered: [UInt8]
  private var count = 0
  /// The smallest rectangle that holds all that were altered yet.
  private(set) var region: PixelRegion?

  init(_ order: FeatureOrder, _ featureCount: Int, width: Int) {
    self.order = order
    self.width = width
    altered = [UInt8](repeating: 0, count: featureCount)
  }

  /// 1 where a pixel is altered after some count, 0 elsewhere; counts rise from call to call.
  mutating func mask(of count: Int) -> [UInt8] {
    let places = order.places[self.count..<count].lazy.map(Int.init)
    for place in places { altered[place] = 1 }
    if let more = PixelRegion(holding: places, width: width) {
      region = region.map { $0.union(more) } ?? more
    }
    self.count = count
    return altered
  }
}

/// Sets of classes, each once, and where each stands.
struct DistinctSets {
  /// The sets in the order they were first named.
  private(set) var all: [ClassSet] = []
  private var columns: [ClassSet: Int] = [:]

  init(_ sets: [ClassSet]) {
    for set in sets where columns[set] == nil {
      columns[set] = all.count
      all.append(set)
    }
  }

  func column(of set: ClassSet) -> Int? { columns[set] }
}
