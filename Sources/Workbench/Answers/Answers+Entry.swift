internal import Sessions

extension Answers {
  /// How far an answer has come.
  enum State: String, CaseIterable, Encodable, Sendable { case working, done, failed, cancelled }

  /// What is said of one answer.
  struct Progress: Encodable, Sendable {
    var stage = ""
    var completed = 0
    var total = 0
  }

  /// What those who watch an answer are told.
  enum Event: Sendable {
    case progress(Progress)
    case partial(PartialAnswer.Note)
    case ended(State, String?)
  }

  struct Entry {
    let request: any KeptRequest
    var urgency: AskQueue.Urgency
    var state = State.working
    var progress = Progress()
    var refusal: Refusal?
    var work: KeptWork?
    /// How many asked and have not turned away.
    var askers = 1
    var watchers: [Int: AsyncStream<Event>.Continuation] = [:]
    /// The newest maps, while there are more samples to come.
    var partial: PartialAnswer?
    var told = ContinuousClock.now
    var bytes = 0
    var use = 0
  }
}
