internal import Foundation

/// An address by which browsers on other machines reach the server, such as that of a reverse proxy.
package struct PublicAddress: Sendable, Hashable {
  let isSecure: Bool
  /// The host, with its port where that is not the scheme's, as browsers send it.
  let host: String

  /// Reads `https://NAME` or `http://NAME:PORT`; `nil` for what has a path or is no such address.
  package init?(_ text: String) {
    guard let url = URLComponents(string: text.lowercased()), let name = url.host, !name.isEmpty,
      url.user == nil, url.query == nil, url.fragment == nil, ["", "/"].contains(url.path),
      url.scheme == "https" || url.scheme == "http"
    else { return nil }
    isSecure = url.scheme == "https"
    let ofScheme = isSecure ? 443 : 80
    let port = url.port ?? ofScheme
    host = port == ofScheme ? name : "\(name):\(port)"
  }

  /// Where pages at this address say that they come from.
  var origin: String { (isSecure ? "https://" : "http://") + host }
}
