internal import Foundation
internal import HTTPTypes
internal import Hummingbird

extension Routes {
  /// Logging in and out, where the server has a token.
  func addLogin(to router: Router<BasicRequestContext>) {
    guard let logins else { return }
    router.get("login") { _, _ in LoginPage(problem: nil).response() }
    router.post("login") { request, _ in
      let body = String(decoding: try await request.bytes(atMost: 4096), as: UTF8.self)
      let form = try? URLEncodedFormDecoder().decode(LoginForm.self, from: body)
      do throws(Refusal) { try await logins.check(form?.token ?? "", from: request.peer) } catch {
        return LoginPage(problem: error.sentence).response(error.status)
      }
      let next = LoginPage.safe(request.uri.queryParameters["next"].map(String.init))
      var response = Response.redirect(to: next, type: .normal)
      response.setCookie(
        cookie(try logins.begin(), logins, lasting: Int(logins.lifetime), for: request))
      return response
    }
    router.post("logout") { request, _ in
      if let value = request.cookies[logins.cookieName]?.value { await logins.end(value) }
      var response = Response(status: .noContent)
      response.setCookie(cookie("", logins, lasting: 0, for: request))
      return response
    }
  }

  private struct LoginForm: Decodable { let token: String }

  private func cookie(
    _ value: String, _ logins: Logins, lasting seconds: Int, for request: Request
  ) -> Cookie {
    Cookie(
      name: logins.cookieName, value: value, maxAge: seconds, path: "/",
      secure: access.origin(of: request.head.authority ?? "")?.isSecure ?? false, httpOnly: true,
      sameSite: .strict)
  }
}
