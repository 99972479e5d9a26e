import ArgumentParser
import Dispatch
import Files
import Foundation
import Logging
import Sessions
import Tensors
import Terms
import Workbench

/// `rather serve`: a page on which to ask networks.
struct Serve: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Opens a page on this machine on which to ask networks.",
    discussion: """
      Drop a picture, see what a network answers, and ask why this class rather than that by \
      clicking. The first line that is printed is the page's address. Unless --listen or \
      --public-address say otherwise, nobody but this machine can open it, and nothing leaves the \
      machine. Ctrl-C ends it.

        rather serve --model net.pt2
        rather serve --model net.pt2 --model other.pt2 --tree tree.json photos
        rather serve --model net.pt2 --data kept photos
      """)

  @Argument(help: ArgumentHelp("A folder of pictures to choose from.", valueName: "folder"))
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "A network, a .pt2 archive of torch.export with its card beside it; may be repeated.",
      valueName: "file"))
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "The latent tree that puts the likeliest classes in clusters.", valueName: "file"))
  var tree: String?

  @Option(
    help: ArgumentHelp(
      "A generator's decoder, by which contrastive examples are drawn.", valueName: "file"))
  var generator: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "A folder that `rather evaluate` wrote, to look at; may be repeated.", valueName: "folder"))
  var runs: [String] = []

  @OptionGroup var access: AccessOptions

  @Option(
    help: ArgumentHelp(
      "How much answers may take on the disk, such as 500M or 2G; the oldest go first. "
        + "(default: \(Workbench([]).cacheBytes >> 30)G)", valueName: "size"))
  var cache: MemorySize?

  @Option(
    help: ArgumentHelp(
      "A folder in which history, notes, saved views, pictures that were brought and saved reports stay. (default: they go "
        + "when the server ends)", valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "What is noted on standard error: trace, debug, info (a line for each request), notice, warning, error or "
        + "critical.", valueName: "level"))
  var log: LogLevel = .warning

  @OptionGroup var memory: MemoryOption

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    if model.isEmpty { throw ValidationError("name a network with --model") }
  }

  func run() throws {
    let place = try Self.makePlace()
    defer { try? FileManager.default.removeItem(atPath: place) }
    var workbench = Workbench(model.map { NetworkChoice($0) }, tree: tree, folder: folder)
    (workbench.generator, workbench.runs) = (generator, runs)
    if let cache { workbench.cacheBytes = cache.bytes }
    workbench.data = data
    let session = Session(onThread: { FatalSignals.giveHandlersAStack() })
    let token = try access.apply(to: &workbench)
    let (served, end) = (workbench, Outcome())
    let level = log.level
    let log = Logger(label: "rather") { _ in ConsoleLog(level) }
    Task {
      do {
        try await served.serve(keptIn: place, in: session, log: log) { port in
          Console.show(served.access.address.page(at: port))
          if let token { Console.show("token: " + token.text) }
          fflush(nil)
        } ending: {
          end.begin(within: 3)
        }
        end.finish(nil)
      } catch let error as any Fault { end.finish(error) } catch {
        end.finish(NoServer(address: served.access.address, reason: "\(error)"))
      }
    }
    if let error = end.wait() { throw error }
  }

  /// A folder of its own for what is brought and answered; those of servers that were killed are removed.
  private static func makePlace() throws -> String {
    let (folder, start) = (NSTemporaryDirectory(), "rather-serve-")
    Orphans.remove(in: folder, between: start, and: "")
    let name = start + "\(ProcessInfo.processInfo.processIdentifier)"
    let path = (folder as NSString).appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw FileError.refusal(of: path, error) }
    return path
  }
}

/// How a server ended, for the thread that waits for it. Sendable because every access holds the lock.
private final class Outcome: @unchecked Sendable {
  private let lock = NSLock()
  private let isOver = DispatchSemaphore(value: 0)
  private var error: (any Error)?
  private var isEnding = false

  /// From now on the server ends because it was told to, at the latest after some seconds.
  func begin(within seconds: Double) {
    lock.withLock { isEnding = true }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { self.isOver.signal() }
  }

  func finish(_ error: (any Error)?) {
    lock.withLock { if !isEnding { self.error = self.error ?? error } }
    isOver.signal()
  }

  func wait() -> (any Error)? {
    isOver.wait()
    return lock.withLock { error }
  }
}

/// How much is noted of what a server does.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
  case trace, debug, info, notice, warning, error, critical

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .warning }
}

/// The system does not let the server listen.
private struct NoServer: Fault {
  let address: ListenAddress
  let reason: String

  var kind: FaultKind { .io }

  var description: String {
    "no page can be opened at \(address.page(at: address.port)) (\(VisibleText.of(reason))); is another one open there? "
      + "Name another port with --port, or 0 for one that is free"
  }
}
