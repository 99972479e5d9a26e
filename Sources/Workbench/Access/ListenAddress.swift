internal import Foundation

/// Where the server waits for connections.
package struct ListenAddress: Sendable, Hashable {
  /// The number of a machine's address, of version 4 or 6.
  package var host = "127.0.0.1"
  /// The port; 0 takes one that is free.
  package var port = Self.defaultPort

  /// Whether the text that it was read from names the port.
  package private(set) var namesPort = false

  package static let defaultPort = 8017

  /// This machine's own.
  package init() {}

  /// Reads `ADDRESS` or `ADDRESS:PORT`; `nil` for what is neither.
  package init?(_ text: String) {
    var (name, rest) = (text[...], text[text.endIndex...])
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      name = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
      (name, rest) = (text[..<colon], text[colon...])
    }
    host = name == "localhost" ? "127.0.0.1" : String(name)
    guard Self.isNumber(host) else { return nil }
    if rest.isEmpty { return }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (0...65_535).contains(port) else {
      return nil
    }
    (self.port, namesPort) = (port, true)
  }

  /// Whether only this machine reaches it.
  package var isOwn: Bool { host == "::1" || (host.hasPrefix("127.") && !host.contains(":")) }

  /// Whether it stands for all addresses of the machine.
  var isAny: Bool { ["0.0.0.0", "::"].contains(host) }

  /// The address of the page as a browser on this machine takes it.
  package func page(at port: Int) -> String {
    let name = isAny ? (host == "::" ? "[::1]" : "127.0.0.1") : written
    return "http://\(name):\(port)/"
  }

  /// The host as it stands in an address.
  var written: String { host.contains(":") ? "[\(host)]" : host }

  /// Whether a text is the number of an address, which no name can be made to lead elsewhere.
  static func isNumber(_ text: String) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
  }
}
