internal import Counterfactuals
internal import Files
internal import Networks
internal import Tensors
internal import Terms

/// What is kept of many pictures: sums, and a row for each answer.
struct ContrastiveSums {
  /// The explanations by pair.
  private(set) var differences = RunningDifferences()
  /// Those of the methods beside, in their order.
  private(set) var others: [RunningDifferences]
  /// Each answer with its picture's name.
  private(set) var records: [Record] = []

  private var inputs = RunningDifferences()

  /// One answer.
  struct Record {
    let picture: String
    let fact: ClassSet
    let foil: ClassSet
    /// The search that was shown, or the first where all failed.
    let attempt: ContrastiveAttempt
    /// Whether a search succeeded.
    let isAnswered: Bool
    /// The example, where examples are kept.
    let example: ContrastiveExample?
  }

  private let methods: [ComparedMethod]
  private let keepsExamples: Bool

  init(methods: [ComparedMethod], keepingExamples: Bool) {
    self.methods = methods
    keepsExamples = keepingExamples
    others = methods.map { _ in RunningDifferences() }
  }

  /// Adds the answers about a picture.
  ///
  /// - Parameter maps: What each method beside found for each answer.
  mutating func add(
    _ answers: [ContrastiveAnswer], _ maps: [[Tensor?]], of picture: String
  ) throws {
    for (i, answer) in answers.enumerated() {
      try differences.add(answer)
      for (place, found) in maps.enumerated() {
        // Of one plane, but for xGEMs, whose differences have the picture's channels.
        let map = try found[i].map { try ($0.rank == 2 ? $0.withAxis(at: 0) : $0).on(.cpu) }
        let like = try methods[place] == .xgems ? answer.input : answer.input.slice(axis: 0, 0..<1)
        try others[place].add(map, fact: answer.fact, foil: answer.foil, of: like)
      }
      let attempt = answer.attempts[answer.example?.attempt ?? 0]
      records.append(
        Record(
          picture: picture, fact: answer.fact, foil: answer.foil, attempt: attempt,
          isAnswered: answer.example != nil, example: keepsExamples ? answer.example : nil))
    }
    guard let first = answers.first else { return }
    try inputs.add(first.input, fact: first.fact, foil: first.fact, of: first.input)
  }

  /// Answers at whose end a class that was not asked about is likelier than P or Q.
  var thirdClassCount: Int {
    records.filter { $0.isAnswered && $0.attempt.likelihoods.excess > 0 }.count
  }

  /// A row for each answer.
  func table(_ labels: ClassLabels) throws -> Table {
    func numbers(_ name: String, _ value: (ContrastiveAttempt) -> Float?) -> Table.Column {
      .numbers(name, records.map { value($0.attempt).map(Double.init) })
    }
    func counts(_ name: String, _ value: (ContrastiveAttempt) -> Int) -> Table.Column {
      .integers(name, records.map { value($0.attempt) })
    }
    let text = CounterfactualText(labels: labels)
    return try Table([
      .text("picture", records.map(\.picture)),
      .text("fact", records.map { labels.text($0.fact) }),
      .text("foil", records.map { labels.text($0.foil) }),
      .text("verdict", records.map { text.verdict($0.attempt.verdict) }),
      numbers("distance", \.distance), numbers("pictureDistance", \.pictureDistance),
      numbers("residual", \.residual), numbers("logFact", \.likelihoods.fact),
      numbers("logFoil", \.likelihoods.foil),
      .text("other", records.map { $0.attempt.likelihoods.other.map { labels[$0.index] } }),
      numbers("logOther", \.likelihoods.other?.logLikelihood),
      counts("iterations", \.iterations), counts("multiplierUpdates", \.multiplierUpdates),
    ])
  }

  /// The mean of the pictures of each fact.
  func meanInputs() throws -> [ClassSet: Tensor] {
    Dictionary(
      try inputs.means().map { ($0.fact, $0.mean) }, uniquingKeysWith: { first, _ in first })
  }
}
