internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics

/// Counts requests by their route, method and status, and notes each.
struct RequestCounting: RouterMiddleware {
  typealias Context = BasicRequestContext

  let metrics: PrometheusMetrics
  let log: Logger

  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    // Names are those of routes, so that nobody can make the server remember names without end.
    let method = request.method.rawValue
    let facts = [
      ("route", context.endpointPath ?? "none"),
      ("method", Self.methods.contains(method) ? method : "other"),
      ("status", "\(response.status.code)"),
    ]
    Counter(label: Self.count, dimensions: facts, factory: metrics).increment()
    Timer(label: Self.duration, dimensions: [facts[0]], factory: metrics).recordSeconds(seconds)
    log.info("request", metadata: .init(uniqueKeysWithValues: facts.map { ($0.0, "\($0.1)") }))
    return response
  }

  static let count = "rather_requests_total"
  static let duration = "rather_request_duration_seconds"
}
