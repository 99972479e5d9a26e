import Evaluation
import Testing

/// Known answers.
@Suite struct EvaluationErrorTests {
  @Test func `an error keeps its file`() {
    #expect(EvaluationError.notARun("x") == .notARun("x"))
  }
}
