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
    let file = place.folder.appending(path: "token")
    try Data(token.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    let served = try place.served([
      "photos", "--token-file", "token", "--public-address", "https://rather.example", "--limits",
      "samples=10000000",
    ])
    let document = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/workbench.md").path
    let said = try References.run(
      "proxy.py", [served.address, document, place.folder.path, token])
    withExtendedLifetime(served) {}
    let lines = said.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    for line in lines { #expect(!line.hasPrefix("not: "), "\(line)") }
  }
}
