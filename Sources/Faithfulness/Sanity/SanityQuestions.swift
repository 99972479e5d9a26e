public import Terms

/// A question, and others like it about random classes.
public struct SanityQuestions: Hashable, Sendable {
  /// What is asked.
  public let asked: Question
  /// The number of classes.
  public let classCount: Int
  /// How many random questions a test asks at most.
  public let draws: Int
  /// What the random classes follow from.
  public let seed: Seed

  /// Sets what is asked.
  public init(about asked: Question, classCount: Int, draws: Int = 5, seed: Seed) {
    self.asked = asked
    self.classCount = classCount
    self.draws = draws
    self.seed = seed
  }

  /// The question whose map a test starts from: what is asked, or for the test of the logit the
  /// fact alone.
  public func original(for test: SanityTest) -> Question {
    if test == .randomLogit, let fact = asked.fact { return .why(fact) }
    return asked
  }

  /// The questions about random classes that a test asks; none where it changes weights.
  ///
  /// As many classes take the place of a set as it has. All are drawn from those that neither the
  /// fact nor the foil holds, no class twice.
  ///
  /// - Throws: ``SanityError/noFoil``, ``SanityError/tooFewClasses(_:classes:)``.
  public func random(for test: SanityTest) throws(SanityError) -> [Question] {
    guard let fact = asked.fact else { return [] }
    switch test {
    case .cascade, .independent: return []
    case .randomLogit: return try sets(like: fact, test).map { .why($0) }
    case .randomFact:
      return try sets(like: fact, test).map { set in
        asked.foil.map { .whyRatherThan(set, $0) } ?? .why(set)
      }
    case .randomFoil:
      guard let foil = asked.foil else { throw .noFoil }
      return try sets(like: foil, test).map { .whyRatherThan(fact, $0) }
    }
  }

  private func sets(like set: ClassSet, _ test: SanityTest) throws(SanityError) -> [ClassSet] {
    let taken = Set((asked.fact?.indices ?? []) + (asked.foil?.indices ?? []))
    let free = (0..<classCount).filter { !taken.contains($0) }
    let size = set.indices.count
    let count = min(draws, free.count / size)
    guard count > 0 else { throw .tooFewClasses(test, classes: classCount) }
    // The tests of fact and foil draw alike, so that both see the same classes.
    var stream = RandomStream(seed).stream(for: 0)
    let order = stream.permutation(of: free.count).map { free[$0] }
    return (0..<count).compactMap { ClassSet(Array(order[$0 * size..<($0 + 1) * size])) }
  }
}
