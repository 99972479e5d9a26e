internal import Foundation
internal import Hummingbird
package import Logging
internal import NIOCore
internal import ServiceLifecycle
package import Sessions
internal import UnixSignals

extension Workbench {
  /// Reads the networks and answers requests until SIGINT, SIGTERM or SIGHUP comes; then work that is under way is
  /// cancelled, and requests have two seconds to end.
  ///
  /// - Parameters:
  ///   - place: A folder for answers, and without ``data`` for pictures that are brought and reports.
  ///   - begun: Called with the port once requests are answered.
  ///   - ending: Called when such a signal came.
  /// - Throws: What is wrong with a network, the tree or the folder, or why the system lets nobody listen.
  package func serve(
    keptIn place: String, in session: Session, log: Logger,
    begun: @escaping @Sendable (Int) -> Void, ending: @escaping @Sendable () -> Void
  ) async throws {
    let work = Work()
    // Services end in reverse order: work first, for there are requests that wait for it.
    var configuration = ServiceGroupConfiguration(
      services: [
        Answering(
          workbench: self, place: place, session: session, log: log, begun: begun, work: work),
        WorkEnding(work: work, ending: ending),
      ], gracefulShutdownSignals: [.sigint, .sigterm, .sighup], logger: log.ofLibraries)
    configuration.maximumGracefulShutdownDuration = .seconds(2)
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// What is being worked on, for whoever ends it.
private actor Work {
  private var routes: Routes?
  private var isOver = false

  func begin(_ routes: Routes) async {
    self.routes = routes
    if isOver { await routes.cancelAll() }
  }

  func end() async {
    isOver = true
    await routes?.cancelAll()
  }
}

/// The server, as a service.
private struct Answering: Service {
  let workbench: Workbench
  let place: String
  let session: Session
  let log: Logger
  let begun: @Sendable (Int) -> Void
  let work: Work

  func run() async throws {
    let routes = try await workbench.routes(keptIn: place, in: session, log: log)
    await work.begin(routes)
    let (address, limits) = (workbench.access.address, workbench.limits)
    OpenFiles.allow(Int(limits.connections) + OpenFiles.others)
    let configuration = ApplicationConfiguration(
      address: .hostname(address.host, port: address.port),
      availableConnectionsDelegate: .maximum(Int(limits.connections), logger: log.ofLibraries))
    try await Application(
      router: routes.router(),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionGuard(limits)], idleTimeout: .of(limits.idle))),
      configuration: configuration,
      onServerRunning: { begun($0.localAddress?.port ?? address.port) }, logger: log.ofLibraries
    ).run()
  }
}

/// Ends work when the server is told to end.
private struct WorkEnding: Service {
  let work: Work
  let ending: @Sendable () -> Void

  func run() async throws {
    try await gracefulShutdown()
    ending()
    await work.end()
  }
}

/// How many files and connections a process may have open.
private enum OpenFiles {
  /// Those that are no connections.
  static let others = 200

  /// Raises their number, as far as the system lets this process.
  static func allow(_ count: Int) {
    #if os(Linux)
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
      limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, rlim_t(count)))
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #endif
  }
}

extension Logger {
  /// For what libraries have to say, which is for who looks for faults in them.
  fileprivate var ofLibraries: Logger {
    var logger = self
    if logLevel > .debug { logger.logLevel = .critical }
    return logger
  }
}
