public import Networks
public import Saliency
public import Tensors
public import Terms

/// The search for contrastive examples: the nearest input on a generator's manifold that is as much Q
/// as P (CDeepEx; Feghahati 2020, procedure 1 and equation 3.2).
///
/// All questions about all pictures, from all starting points, run side by side as one batch.
///
/// - Randomness: starting points follow from `seed` and each picture's own stream.
/// - Complexity: an iteration is one forward pass of generator and network and, for Gauss–Newton, one
///   backward pass of up to 13 rows, for descent of one.
public struct ContrastiveSearch: Hashable, Sendable {
  /// What an example has to satisfy.
  public var method = ContrastiveMethod.cdeepex
  /// How it is found.
  public var optimiser = AugmentedLagrangian()
  /// How codes are found without an encoder.
  public var codeSearch = CodeSearch()
  /// ε: how much likelier than P or Q another class may be; negative, so that it is a little less.
  public var slack: Float = -0.01
  /// What numbers an example may have.
  public var range = PictureRange.clipped
  /// Starting points. With an encoder the first is z₀ and the others come from the foil's side; without
  /// one, each has a code of its own.
  public var startCount = 4
  /// Pictures along the way that an example comes with, both ends included; 0 for none.
  public var frameCount = 13
  /// What may be used.
  public var resources = Resources()
  /// What all randomness follows from.
  public var seed: Seed

  /// The largest `|l_P − l_Q|` of an answer.
  public static let equality: Float = 0.01

  /// What the search for codes is taken for, of all work.
  private static let codeShare = 0.3

  /// Describes a search.
  public init(method: ContrastiveMethod = .cdeepex, seed: Seed) {
    self.method = method
    self.seed = seed
  }

  /// Fails where a setting cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("slack", slack, in: -1e6...1)
    try SettingFault.check("startCount", startCount, in: 1...4096)
    try SettingFault.check("frameCount", frameCount, in: 0...SettingFault.most)
    try SettingFault.check("iterationLimit", optimiser.iterationLimit)
    try SettingFault.check("batch", optimiser.batch)
    try SettingFault.check("penalty", isPositive: optimiser.penalty)
    try SettingFault.check("codeSearch.steps", codeSearch.steps, in: 0...SettingFault.most)
    try SettingFault.check("codeSearch.rate", isPositive: codeSearch.rate)
  }

  /// Answers questions about pictures.
  ///
  /// - Returns: For each picture an answer to each of its foils.
  /// - Throws: ``CounterfactualError``, `NetworkError`, `GeneratorError`.
  public func answers(
    to asked: [ContrastiveQuestion], of network: Network, drawnBy generator: Generator,
    on device: Device = .cpu, progress: ProgressHandler = { _ in }
  ) throws -> [[ContrastiveAnswer]] {
    try checkSettings()
    guard network.card.task == .classification else { throw CounterfactualError.regression }
    if case .labels(let count) = network.head, count > 1 { throw CounterfactualError.labels }
    if asked.isEmpty { return [] }
    let space = try PixelSpace(of: network, and: generator, range: range)
    // The same whatever is asked.
    var stream = RandomStream(0)
    let form = try network.preprocessing
    let shape = [1, form.channels, form.height, form.width]
    let sample = try Tensor.normals(shape, from: &stream).on(device)
    let context = SearchContext(
      try network.preparedForGradients(at: sample), generator, space, device, resources)
    let questions = try asked.map { try question($0, context) }
    // Where codes are searched for, that comes first.
    let split = generator.encoder == nil ? Self.codeShare : 0
    let settled = try starts(of: questions, context) { try progress($0.within(0...split)) }
    let problems = settled.flatMap(\.problems)
    let solved = try solutions(problems, settled, context) {
      try progress($0.within(split...1, stage: 1))
    }
    // A search from each start, for each foil of each picture.
    let searches = try solved.parted(like: settled.map(\.problems))
    return try questions.indices.map { place in
      let (question, start) = (questions[place], settled[place])
      let found = try searches[place].parted(into: question.foils.map { _ in start.codes.count })
      return try question.foils.indices.map {
        try answer(question, question.foils[$0], start, found[$0], context)
      }
    }
  }

  /// A picture with its questions settled.
  struct PreparedQuestion {
    let stream: Int
    let input: Tensor
    let encoderInput: Tensor
    let prediction: Prediction
    let fact: ClassSet
    let foils: [ClassSet]
  }

  private func question(_ asked: ContrastiveQuestion, _ context: SearchContext) throws
    -> PreparedQuestion
  {
    let input = try context.space.picture(asked.picture).on(context.device)
    let output = try context.network.program.output(for: context.space.input(for: input))
    let prediction = try context.network.prediction(from: output)
    let answer = ClassSet(prediction.classes[0].index)
    let fact = asked.fact ?? answer
    let outside = prediction.classes.map(\.index).filter { !fact.indices.contains($0) }
    let foils: [ClassSet] =
      switch asked.foils {
      case .closest: outside.prefix(1).map { ClassSet($0) }
      case .all: outside.map { ClassSet($0) }
      case .sets(let sets): sets.filter { asked.fact != nil || !$0.overlaps(answer) }
      }
    for foil in foils {
      if let shared = ClassSet(foil.indices.filter(fact.indices.contains)) {
        throw CounterfactualError.overlap(context.network.labels.text(shared))
      }
    }
    if outside.isEmpty { throw CounterfactualError.noFoil }
    try context.network.checkLogits(of: [fact] + foils, in: output)
    return PreparedQuestion(
      stream: asked.stream, input: input,
      encoderInput: try context.space.encoderInput(asked.picture).on(context.device),
      prediction: prediction, fact: fact, foils: foils)
  }

  private func solutions(
    _ problems: [ContrastiveProblem], _ starts: [SearchStart], _ context: SearchContext,
    _ progress: ProgressHandler
  ) throws -> [NearestPoint] {
    if problems.isEmpty { return [] }
    let constraints = try ContrastiveProblems(
      problems, residuals: Tensor.concatenated(starts.map(\.residuals)), context.network,
      context.generator, context.space, method, slack: slack,
      device: context.device)
    var optimiser = optimiser
    optimiser.batch = min(optimiser.batch, context.batch)
    return try optimiser.solve(
      constraints, nearestTo: problems.map { $0.code.map(Double.init) },
      from: starts.flatMap(\.firstPoints), on: context.device, progress: progress)
  }
}

/// What a search works with.
struct SearchContext {
  let network: Network
  let generator: Generator
  let space: PixelSpace
  let device: Device
  /// Rows of a batch that fit the memory.
  let batch: Int

  /// How many times the activations of a row are held at most, by the forward pass, and by the backward
  /// pass of up to 13 rows: 26 times were measured on the default classifier and generator of digits.
  private static let rowShare = 28

  init(
    _ network: Network, _ generator: Generator, _ space: PixelSpace, _ device: Device,
    _ resources: Resources
  ) {
    self.network = network
    self.generator = generator
    self.space = space
    self.device = device
    let width = network.program.activationCount + generator.decoder.activationCount
    batch = resources.count(ofSize: 4 * width * Self.rowShare, limit: 256)
  }
}

/// What a contrastive example has to satisfy.
public enum ContrastiveMethod: String, Hashable, Sendable, Codable, CaseIterable {
  /// As much Q as P, and no other class likelier than either (Feghahati 2020, equation 3.2).
  case cdeepex
  /// As much Q as P, whatever becomes of the other classes (Joshi et al. 2018, as Feghahati compares).
  case xgems

  /// The method's name as people write it.
  public var title: String {
    switch self {
    case .cdeepex: "CDeepEx"
    case .xgems: "xGEMs"
    }
  }
}
