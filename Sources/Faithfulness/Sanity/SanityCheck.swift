public import Contrast
public import Networks
public import Saliency
public import Tensors
public import Terms

/// Asks whether a method's maps depend on the network's weights, on the fact and on the foil.
///
/// The tests of weights are those of [Adebayo et al. 2018], with weights shuffled instead of drawn
/// anew (``ShuffledWeights``); those of fact and foil ask the same of a contrastive map, which must
/// change with both.
///
/// - Randomness: weights and classes follow from `seed`; equal seeds give equal results.
/// - Complexity: per method one explanation for all questions to the network as it is, and one for
///   each stage and each test of weights.
///
/// [Adebayo et al. 2018]: https://arxiv.org/abs/1810.03292
public struct SanityCheck: Sendable {
  /// What is asked.
  public let questions: SanityQuestions
  /// The tests, in the order that they are shown in.
  public let tests: [SanityTest]
  /// The weights in stages, from the output down; empty where no test changes them.
  public let stages: [WeightStage]
  /// Which numbers of the maps are compared.
  public let maps: SanityMaps
  private let network: Network
  private let weights: ShuffledWeights

  /// Prepares the tests and shuffles the weights.
  ///
  /// - Parameter stageCount: The most stages.
  /// - Throws: ``SanityError``, ``FaithfulnessError/regression``.
  public init(
    of network: Network, asking questions: SanityQuestions, tests: [SanityTest],
    stageCount: Int = 8, comparing maps: SanityMaps = .shown, seed: Seed
  ) throws {
    if network.card.task == .regression { throw FaithfulnessError.regression }
    try SettingFault.check("stages", stageCount)
    try SettingFault.check("draws", questions.draws)
    for test in tests { _ = try questions.random(for: test) }
    self.questions = questions
    self.tests = tests
    self.maps = maps
    self.network = network
    let isRandom = tests.contains(where: \.changesWeights)
    stages = isRandom ? network.program.weightStages(atMost: stageCount) : []
    if isRandom, stages.isEmpty { throw SanityError.noWeights }
    weights = try ShuffledWeights(of: stages, in: network.program, seed: seed)
  }

  /// Puts a method to the tests.
  ///
  /// - Parameters:
  ///   - inquiry: How the method is asked a question.
  ///   - progress: Called on the way; throwing stops the tests.
  /// - Returns: The network's answer, and a result for each test.
  /// - Throws: What the method throws about the network as it is.
  public func results(
    of explainer: any Explainer, at input: Input, within resources: Resources = Resources(),
    asking inquiry: (Question) throws -> Inquiry, progress: ProgressHandler = { _ in }
  ) throws -> (prediction: Prediction, results: [SanityResult]) {
    var work = Work(
      explainer: explainer, input: input, resources: resources, maps: maps, total: workCount)
    let asked = try askedQuestions
    let found = try work.answers(of: network, to: asked.map(inquiry), progress)
    let maps = Dictionary(
      zip(asked, found.maps), uniquingKeysWith: { first, _ in first })
    var shuffled: [ClosedRange<Int>: SaliencyMap?] = [:]
    for range in tests.flatMap(ranges) where shuffled[range] == nil {
      let network = network.shuffling(stages[range], by: weights)
      shuffled[range] = .some(
        try work.map(of: network, to: inquiry(questions.asked), progress))
    }
    let originals = try Dictionary(
      Set(tests.map(questions.original)).compactMap { question in
        try maps[question].map { (question, try SanityOriginal($0, seed: questions.seed)) }
      }, uniquingKeysWith: { first, _ in first })
    let results = try tests.compactMap { test -> SanityResult? in
      let question = questions.original(for: test)
      guard let original = originals[question] else { return nil }
      let changes =
        test.changesWeights
        ? ranges(of: test).map { (SanityResult.Change.stages($0), shuffled[$0] ?? nil) }
        : try questions.random(for: test).map { (.question($0), maps[$0]) }
      return SanityResult(
        test: test, question: question, original: original.map, chance: original.chance,
        steps: try changes.map { try original.step($0, to: $1) })
    }
    return (found.prediction, results)
  }

  /// The same for numbers as the network reads them, `[1, …]`.
  public func results(
    of explainer: any Explainer, at numbers: Tensor, within resources: Resources = Resources(),
    asking inquiry: (Question) throws -> Inquiry, progress: ProgressHandler = { _ in }
  ) throws -> (prediction: Prediction, results: [SanityResult]) {
    try results(
      of: explainer, at: network.input(numbers), within: resources, asking: inquiry,
      progress: progress)
  }

  /// Every question to the network as it is, once.
  private var askedQuestions: [Question] {
    get throws {
      var seen: Set<Question> = []
      return try tests.flatMap { [questions.original(for: $0)] + (try questions.random(for: $0)) }
        .filter { seen.insert($0).inserted }
    }
  }

  /// The stages that each step of a test randomises.
  private func ranges(of test: SanityTest) -> [ClosedRange<Int>] {
    switch test {
    case .cascade: stages.indices.map { 0...$0 }
    case .independent: stages.indices.map { $0...$0 }
    case .randomLogit, .randomFact, .randomFoil: []
    }
  }

  /// How many explanations there are to make.
  private var workCount: Int { 1 + Set(tests.flatMap(ranges)).count }

  /// The explanations of one method, counted.
  private struct Work {
    let explainer: any Explainer
    let input: Input
    let resources: Resources
    let maps: SanityMaps
    let total: Int
    var done = 0

    mutating func answers(
      of network: Network, to inquiries: [Inquiry], _ progress: ProgressHandler
    ) throws -> (prediction: Prediction, maps: [SaliencyMap]) {
      let (done, total) = (done, total)
      // Progress counts hundredths of an explanation.
      let answers = try explainer.answers(
        about: network, at: input, within: resources,
        progress: {
          let part = min(99, 100 * $0.completed / max($0.total, 1))
          try progress(.init(completed: 100 * done + part, total: 100 * total, note: $0.note))
        }, to: { _ in inquiries })
      self.done += 1
      try progress(.init(completed: 100 * self.done, total: 100 * total))
      let found = answers.all.map(\.map)
      return (answers.prediction, maps == .signed ? try found.map { try $0.signed() } : found)
    }

    /// The map of one inquiry to a network of random weights; `nil` where its answers are too large
    /// to be numbers.
    mutating func map(
      of network: Network, to inquiry: Inquiry, _ progress: ProgressHandler
    ) throws -> SaliencyMap? {
      do {
        let map = try answers(of: network, to: [inquiry], progress).maps.first
        return try map.flatMap { try $0.values.isAllFinite() ? $0 : nil }
      } catch  where Self.isOfNumbers(error) {
        done += 1
        try progress(.init(completed: 100 * done, total: 100 * total))
        return nil
      }
    }

    private static func isOfNumbers(_ error: any Error) -> Bool {
      switch error {
      case NetworkError.notFinite, NetworkError.notProbabilities, QuestionError.notFinite,
        TensorError.notANumber:
        true
      default: false
      }
    }
  }
}
