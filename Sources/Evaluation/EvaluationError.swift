/// What can be wrong with a run of evaluation.
public enum EvaluationError: Error, Hashable, Sendable {
  /// The file is no run.
  case notARun(String)
}
