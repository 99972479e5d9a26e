import Files
import Foundation
import Report
import Sessions
import Terms

extension Request {
  /// Answers on a thread of its own, shows on this one how far that has come, and waits for the answer.
  ///
  /// - Parameter finished: Called with each item that is done.
  func answered(finished: (JobItem) -> Void = { _ in }) throws -> Answer {
    let session = Session(
      command: CommandLine.quoted, onThread: { FatalSignals.giveHandlersAStack() })
    var bar: ProgressBar?
    return try session.run(self).wait { event in
      switch event {
      case .stage(let stage):
        bar = nil
        bar = ProgressBar(stage.title, before: stage.before, unit: stage.unit)
      case .progress(let update): bar?.show(update)
      case .partial: break
      case .note(let sentence): Console.message(sentence)
      case .failed(let fault): Console.error(fault)
      case .finished(let item): finished(item)
      }
    }
  }
}

extension CommandLine {
  /// The command as one could type it again.
  static var quoted: String { CommandText.joined(["rather"] + arguments.dropFirst()) }
}
