internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// The page on which a person shows the token; it works without scripts.
struct LoginPage {
  private static let template = try? MustacheTemplate(
    string: String(decoding: PackageResources.login_mustache, as: UTF8.self))

  /// What the page may do: be shown, and send its form back.
  private static let policy =
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; "
    + "base-uri 'none'"

  /// What is wrong with what was sent.
  let problem: String?

  func response(_ status: HTTPResponse.Status = .ok) -> Response {
    let page = Self.template?.render(problem.map { ["problem": $0] } ?? [:]) ?? ""
    var response = Response.bytes(Array(page.utf8), "text/html; charset=utf-8", status)
    response.headers[.contentSecurityPolicy] = Self.policy
    // Without a referrer, browsers would not say where the form comes from.
    response.headers[.referrerPolicy] = "same-origin"
    return response
  }

  /// A path as it stands in a query.
  static func written(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  /// Where to go after logging in: a path of this server, or its page for whatever else was asked.
  static func safe(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains(".."),
      path.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || "/._-".utf8.contains(byte)
      })
    else { return "/" }
    return path
  }
}
