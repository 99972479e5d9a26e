import Foundation
import TestSupport
import Testing

/// The workbench behind a reverse proxy, which is configured as the documentation says.
@Suite struct ServeProxyTests {
  private static let hasProxy =
    References.python != nil
    && ["/usr/sbin/nginx", "/usr/bin/openssl"].allSatisfy(
      FileManager.default.isExecutableFile(atPath:))

  @Test(.enabled(if: hasProxy, "nginx or openssl is not installed"))
  func `nginx brings TLS, and hides nothing that the page needs`() throws {
    let place = try ServePlace()
    let token = "correct-horse-battery"
    try place.write(token: token)
    let served = try place.served([
      "photos", "--token-file", "token", "--public-address", "https://rather.example", "--limits",
      "samples=10000000",
    ])
    let document = References.package.appending(path: "docs/workbench.md").path
    let said = try References.run(
      "proxy.py", [served.address, document, place.folder.path, token])
    withExtendedLifetime(served) {}
    let lines = said.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    for line in lines { #expect(!line.hasPrefix("not: "), "\(line)") }
  }
}
