internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Lets only those pass who have shown the token, where the server has one.
struct Gate: RouterMiddleware {
  typealias Context = BasicRequestContext

  let logins: Logins

  /// What everybody may ask: whether the server is there, and the page on which to log in.
  static let open: Set<String> = ["/health", "/login", "/style.css"]

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if Self.open.contains(request.uri.path) { return try await next(request, context) }
    if let cookie = request.cookies[logins.cookieName], await logins.isValid(cookie.value) {
      return try await next(request, context)
    }
    if let token = request.bearer {
      try await logins.check(token, from: request.peer)
      return try await next(request, context)
    }
    if request.method == .get, request.headers[.accept]?.contains("text/html") == true {
      return .redirect(to: "/login?next=" + LoginPage.written(request.uri.path), type: .normal)
    }
    throw Refusal(
      .unauthorized,
      "log in first, or send the token that the server printed as “Authorization: Bearer TOKEN”")
  }
}

extension Request {
  /// The token that a script sends.
  var bearer: String? {
    guard let words = headers[.authorization]?.split(separator: " "), words.count == 2,
      words[0].lowercased() == "bearer"
    else { return nil }
    return String(words[1])
  }

  /// The address of whoever is connected.
  var peer: String { headers[.peer] ?? "" }
}
