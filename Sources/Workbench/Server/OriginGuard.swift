internal import HTTPTypes
internal import Hummingbird

/// Answers only what this machine's own pages ask, and tells browsers what those pages may do.
///
/// A page of another site can send requests to this one, and with a name of its own that leads to this machine
/// (DNS rebinding) even read what it answers. So the name in `Host` must be one of this server's, whatever changes
/// something must come from a page of this origin, and browsers that say where a request comes from
/// (`Sec-Fetch-Site`) must say: from here.
struct OriginGuard: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// What a page of the workbench may do: run and show what this server sends, and nothing else.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

  let access: Access

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      try check(request)
      response = try await next(request, context)
    } catch { response = Refusal(error).response }
    for (name, value) in Self.headers where response.headers[name] == nil {
      response.headers[name] = value
    }
    return response
  }

  private func check(_ request: Request) throws(Refusal) {
    guard let own = access.origin(of: request.head.authority ?? "") else {
      throw Refusal(
        .misdirectedRequest,
        "this server answers as localhost, 127.0.0.1 and the addresses that it was started with, and not "
          + "by another name; --public-address adds one")
    }
    let site = request.headers[.secFetchSite]
    let isForeign = site.map { !["same-origin", "none"].contains($0) } ?? false
    if request.method != .get && request.method != .head {
      let origin = request.headers[.origin]
      guard !isForeign, origin == nil || origin == own.text else {
        throw Refusal(.forbidden, "pages of other sites may not ask here")
      }
    } else if isForeign, request.headers[.secFetchMode] != "navigate" {
      throw Refusal(.forbidden, "pages of other sites may not read here")
    }
  }

  private static let headers: [(HTTPField.Name, String)] = [
    (.contentSecurityPolicy, policy), (.xContentTypeOptions, "nosniff"),
    (.referrerPolicy, "no-referrer"), (.openerPolicy, "same-origin"),
    (.resourcePolicy, "same-origin"),
  ]
}

extension HTTPField.Name {
  static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
  static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .server
  static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy") ?? .server
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .server
  static let secFetchMode = HTTPField.Name("Sec-Fetch-Mode") ?? .server
  /// Who asks, which a tab makes up for as long as it is open.
  static let asker = HTTPField.Name("X-Asker") ?? .server
  /// The address of whoever is connected, which the server itself writes.
  static let peer = HTTPField.Name("X-Rather-Peer") ?? .server
  static let mapHeight = HTTPField.Name("X-Map-Height") ?? .server
  static let mapSizes = HTTPField.Name("X-Map-Sizes") ?? .server
  static let mapWidth = HTTPField.Name("X-Map-Width") ?? .server
}
