internal import Foundation

/// How the server is reached, and by whom.
package struct Access: Sendable {
  package var address = ListenAddress()
  /// Addresses by which browsers on other machines reach it.
  package var publicAddresses: [PublicAddress] = []
  /// What one who asks has to know; `nil` where everybody who reaches the server may ask.
  package var token: Token?

  /// This machine alone.
  package init() {}

  /// Whether others than this machine reach it, who then need a token.
  package var needsToken: Bool { !address.isOwn || !publicAddresses.isEmpty }

  /// Where pages come from that were read under a host's name, and whether their way is encrypted; `nil` where
  /// the server has no such name.
  ///
  /// A foreign name can be made to lead here (DNS rebinding), but no number can.
  func origin(of host: String) -> (text: String, isSecure: Bool)? {
    let host = host.lowercased()
    if let known = publicAddresses.first(where: { $0.host == host }) {
      return (known.origin, known.isSecure)
    }
    let name = Self.name(of: host)
    let isKnown =
      ["localhost", "127.0.0.1", "[::1]", address.written].contains(name)
      || (address.isAny && ListenAddress.isNumber(name.trimmingCharacters(in: ["[", "]"])))
    return isKnown ? ("http://" + host, false) : nil
  }

  /// A host without its port.
  private static func name(of host: String) -> String {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
    return host.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
  }
}
