import ArgumentParser
import Faithfulness
import Terms

/// Which sanity tests are made.
struct SanityOptions: ParsableArguments {
  @Option(
    name: .customLong("tests"),
    help: ArgumentHelp(
      "The tests: cascade, independent, logit, fact, foil. (default: all that the "
        + "question allows)",
      valueName: "name,…"))
  var names: String?

  @Option(
    help: ArgumentHelp(
      "The largest number of stages in which weights are randomised.", valueName: "count"))
  var stages = 8

  @Option(
    help: ArgumentHelp(
      "The largest number of random classes that a test asks about.", valueName: "count"))
  var draws = 5

  @Flag(
    help: ArgumentHelp(
      "Compare signed maps, from before the last ReLU, which also hold what speaks "
        + "against the fact."))
  var signed = false

  func validate() throws {
    if !(1...1000).contains(stages) {
      throw ValidationError("--stages must be from 1 to 1000, not \(stages)")
    }
    if !(1...1000).contains(draws) {
      throw ValidationError("--draws must be from 1 to 1000, not \(draws)")
    }
    _ = try named
  }

  /// The tests that were named; otherwise those that can be made about the question.
  func tests(for questions: SanityQuestions) throws -> [SanityTest] {
    if let named = try named { return named }
    return SanityTest.allCases.filter { test in
      // Without a foil, another fact is another class.
      if questions.asked.foil == nil, test == .randomFact { return false }
      return (try? questions.random(for: test)) != nil
    }
  }

  private var named: [SanityTest]? {
    get throws {
      guard let names else { return nil }
      let words = names.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let known = SanityTest.allCases.map(\.rawValue)
      let found = try words.map { word in
        guard let test = SanityTest(rawValue: word) else {
          throw ValidationError(
            "there is no test named “\(word)”; --tests takes \(known.joined(separator: ", "))")
        }
        return test
      }
      return SanityTest.allCases.filter(found.contains)
    }
  }
}
