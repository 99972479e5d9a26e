public import Networks
package import Saliency
internal import Tensors

/// Where requests are answered: what belongs to the surroundings of a job, and not to what is asked.
///
/// No answer depends on what other jobs have left, so several may run in one process at once. Each works on a thread that
/// does nothing else meanwhile, never on Swift's cooperative pool, for it computes and waits for files. Paths in requests are
/// relative to the folder that the process works in; a program of several users names whole ones.
public struct Session: Sendable {
  /// The command as it was typed, for manifests; empty where there was none.
  public var command: String
  /// The threads of a job that names no number itself.
  public var threadCount: Int
  /// Where measured choices of the fastest form of a network are kept; `nil` measures nothing.
  public var tunings: Tunings?
  /// Networks that stay read between jobs; `nil` reads them again for each.
  public var networks: WarmNetworks?
  /// How long a job may take before it ends by ``JobTooLong``; `nil` for as long as it takes.
  package var mostSeconds: Double?
  /// Pictures and inputs that stay between jobs, where networks do.
  let warmInputs = WarmInputs()
  /// Whether pictures and inputs stay; not for work in the background, whose pictures would drive others' away.
  package var keepsInputs = true
  /// Called on the thread of each job before it begins, such as to give handlers of signals a stack.
  public var onThread: @Sendable () -> Void

  /// How many share the memory of a job.
  private var memoryShares = 1

  /// Describes surroundings.
  ///
  /// - Parameters:
  ///   - command: What was typed.
  ///   - threadCount: The threads of a job that names no number itself; all cores where none is given.
  public init(
    command: String = "", threadCount: Int? = nil, tunings: Tunings? = .default,
    onThread: @escaping @Sendable () -> Void = {}
  ) {
    self.command = command
    self.threadCount = threadCount ?? LibTorch.threadCount
    self.tunings = tunings
    self.onThread = onThread
  }

  /// The same, for one of several that share a job's memory.
  func sharing(memoryBy count: Int) -> Session {
    var share = self
    share.memoryShares = max(count, 1)
    return share
  }

  /// The budget beside a network, and the file of what was measured before.
  package func resources(_ allowance: Int?, beside network: Network) -> Resources {
    Resources(memory: MemoryChoice.tensorBytes(of: allowance), beside: network, tunings: tunings)
      .divided(by: memoryShares)
  }

  /// Begins to answer a request.
  ///
  /// - Returns: The job, whose events say how far it has come. It goes on though nobody listens.
  public func run<Asked: Request>(_ request: Asked) -> Job<Asked.Answer> {
    let channel = JobChannel(mostSeconds: mostSeconds)
    let job = Job<Asked.Answer>(channel)
    let session = self
    JobThread.start {
      session.onThread()
      job.end(
        with: Result {
          try request.validate()
          return try LibTorch.withThreadCount(request.threads ?? session.threadCount) {
            try request.answer(in: session, telling: Telling(channel))
          }
        }.mapError(channel.explained))
    } failing: {
      job.end(with: .failure($0))
    }
    return job
  }
}
