import ArgumentParser
import Faithfulness
import Sessions

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
  var stages = Sessions.Sanity().stages

  @Option(
    help: ArgumentHelp(
      "The largest number of random classes that a test asks about.", valueName: "count"))
  var draws = Sessions.Sanity().draws

  @Flag(
    help: ArgumentHelp(
      "Compare signed maps, from before the last ReLU, which also hold what speaks "
        + "against the fact."))
  var signed = false

  func validate() throws {
    try usage {
      var request = Sessions.Sanity()
      (request.stages, request.draws) = (stages, draws)
      try request.validate()
    }
    _ = try tests
  }

  /// The tests that were named; `nil` where none were.
  var tests: [SanityTest]? {
    get throws {
      guard let names else { return nil }
      let words = names.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let known = SanityTest.allCases.map(\.rawValue)
      return try words.map { word in
        guard let test = SanityTest(rawValue: word) else {
          throw ValidationError(
            "there is no test named “\(word)”; --tests takes \(known.joined(separator: ", "))")
        }
        return test
      }
    }
  }
}
