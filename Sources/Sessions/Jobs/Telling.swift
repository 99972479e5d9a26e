package import Files
internal import Report
public import Terms

/// How a request that is being answered says what it does, and hears that it should end.
public struct Telling: Sendable {
  private let channel: JobChannel
  /// Whether what is said goes nowhere.
  private var isQuiet = false

  init(_ channel: JobChannel) { self.channel = channel }

  /// Says nothing, and hears that the job should end.
  var quiet: Telling {
    var quiet = self
    quiet.isQuiet = true
    return quiet
  }

  private func put(_ event: JobEvent) { if !isQuiet { channel.put(event) } }

  /// The names of what the job writes.
  package var outputs: OutputLock.Holder { channel.outputs }

  /// Begins a part of the work.
  ///
  /// - Parameters:
  ///   - before: Steps that an earlier run has done.
  ///   - unit: Steps that are one thing to people.
  /// - Returns: What takes the progress of that part; it throws ``JobCancelled`` where the job should end.
  public func stage(_ title: String, before: Int = 0, unit: Int = 1) -> ProgressHandler {
    put(.stage(JobStage(title: title, before: before, unit: unit)))
    return { update in
      put(.progress(update))
      try check()
    }
  }

  /// Says which maps there are so far, where somebody wants them now.
  ///
  /// - Parameter soFar: Makes them, which takes a fifth of the time at most; there are 400 milliseconds between two.
  func partial(_ soFar: () throws -> PartialMaps) throws {
    guard !isQuiet, channel.partialIsDue else { return }
    let start = ContinuousClock.now
    put(.partial(try soFar()))
    channel.rest(for: max(.milliseconds(400), start.duration(to: .now) * 4))
  }

  /// Says something that people should know.
  public func note(_ sentence: String) { put(.note(sentence)) }

  /// Says that one of several items failed.
  public func failed(_ fault: any Fault) { put(.failed(fault)) }

  /// Says that one of several items is done.
  public func finished(_ item: JobItem) { put(.finished(item)) }

  /// Fails where the job should end.
  ///
  /// - Throws: ``JobCancelled``.
  public func check() throws(JobCancelled) { if channel.wantsEnd { throw JobCancelled() } }
}
