import Foundation
import TestSupport
import Testing

/// Logging in and out in a real browser: `Tests/Reference/browse_login.py`.
@Suite struct ServeLoginPageTests {
  private static let scenarios = [
    "is_asked_for_the_token", "works_without_scripts", "logs_in", "logs_out", "fits", "is_quiet",
    "is_accessible",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person logs in, with scripts and without, and comes to what the address says`() throws {
    let place = try ServePlace(scale: 10)
    let file = place.folder.appending(path: "token")
    try Data("correct-horse-battery".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    let served = try place.served(["--token-file", "token", "photos"])
    var words = [served.address, file.path]
    if let shots = ProcessInfo.processInfo.environment["RATHER_SHOTS"] { words.append(shots) }
    let lines = try References.run("browse_login.py", words).split(separator: "\n").map(String.init)
    #expect(lines == Self.scenarios.map { $0 + " ok" })
  }
}
