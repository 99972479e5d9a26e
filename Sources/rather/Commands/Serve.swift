import ArgumentParser
import Dispatch
import Files
import Foundation
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
      clicking. The first line that is printed is the page's address. Nobody but this machine can \
      open it, and nothing leaves the machine. Ctrl-C ends it.

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

  @Option(
    help: ArgumentHelp(
      "The port of the page; 0 takes one that is free.", valueName: "number"))
  var port = 8017

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

  @OptionGroup var memory: MemoryOption

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    if model.isEmpty { throw ValidationError("name a network with --model") }
    if !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535") }
  }

  func run() throws {
    let place = try Self.makePlace()
    defer { try? FileManager.default.removeItem(atPath: place) }
    var workbench = Workbench(model.map { NetworkChoice($0) }, tree: tree, folder: folder)
    (workbench.generator, workbench.runs) = (generator, runs)
    if let cache { workbench.cacheBytes = cache.bytes }
    workbench.data = data
    let session = Session(onThread: { FatalSignals.giveHandlersAStack() })
    let (served, port) = (workbench, port)
    let end = Outcome()
    let task = Task {
      do {
        let routes = try await served.routes(keptIn: place, in: session)
        end.stopping = { await routes.cancelAll() }
        do {
          try await Workbench.serve(routes, port: port) { port in
            Console.show("http://127.0.0.1:\(port)/")
            fflush(nil)
          }
        } catch let error where !(error is any Fault) {
          throw NoServer(port: port, reason: "\(error)")
        }
        end.finish(nil)
      } catch { end.finish(error) }
    }
    let signals = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        Task {
          await end.stopping?()
          task.cancel()
          try? await Task.sleep(for: .seconds(2))
          end.finish(nil)
        }
      }
      source.resume()
      return source
    }
    defer { signals.forEach { $0.cancel() } }
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
  private var stop: (@Sendable () async -> Void)?

  /// What ends the work that is still done.
  var stopping: (@Sendable () async -> Void)? {
    get { lock.withLock { stop } }
    set { lock.withLock { stop = newValue } }
  }

  func finish(_ error: (any Error)?) {
    lock.withLock { self.error = self.error ?? error }
    isOver.signal()
  }

  func wait() -> (any Error)? {
    isOver.wait()
    return lock.withLock { error }
  }
}

/// The system does not let the server listen.
private struct NoServer: Fault {
  let port: Int
  let reason: String

  var kind: FaultKind { .io }

  var description: String {
    "no page can be opened at 127.0.0.1:\(port) (\(VisibleText.of(reason))); is another one open there? "
      + "Name another port with --port, or 0 for one that is free"
  }
}
