import Contrast
import Foundation
import Terms
import Testing

@testable import Evaluation

/// Records that were altered outside of Rather: bad input that is told in one sentence.
@Suite struct DamagedRunTests {
  /// Changes every occurrence of some text in a run's records to another of the same length.
  private func alter(_ toy: ToyEvaluation, _ text: String, to other: String) throws {
    #expect(text.utf8.count == other.utf8.count)
    let file = toy.folder.appending(path: "run/records.sqlite")
    var bytes = try Data(contentsOf: file)
    var count = 0
    while let range = bytes.range(of: Data(text.utf8)) {
      bytes.replaceSubrange(range, with: Data(other.utf8))
      count += 1
    }
    #expect(count > 0, "“\(text)” is not in the records")
    try bytes.write(to: file)
  }

  /// Each is another way in which the card, the identity or a row can be refused by its own module.
  @Test(arguments: [
    ("\"crop\":1", "\"crop\":9"), ("\"channels\":", "\"as_tens?\":"), ("\"gray\"", "\"grxy\""),
    ("\"mass\":", "\"mess\":"), ("\"height\":", "\"height\"}"),
    ("\"step\":3", "\"step\":0"), ("\"salience\":0.5", "\"salience\":9.5"),
  ])
  func `a damaged identity is one sentence, for readers and for the next work`(
    text: String, other: String
  ) throws {
    let toy = try ToyEvaluation(1)
    let run = toy.path("run")
    let job = try toy.job([toy.gradCAM()], [.swox])
    try job.run(in: run)
    try alter(toy, text, to: other)
    for attempt in [{ _ = try EvaluationRun.open(run) }, { try job.run(in: run) }] {
      let error = #expect(throws: EvaluationError.self) { try attempt() }
      guard case .records(let file, _)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(file == run + "/records.sqlite" && error?.kind == .data)
    }
  }
}
