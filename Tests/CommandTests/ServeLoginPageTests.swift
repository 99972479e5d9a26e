import Testing

/// Logging in and out in a real browser: `Tests/Reference/browse_login.py`.
@Suite struct ServeLoginPageTests {
  /// What the script does, in its order.
  private static let scenarios = [
    "is_asked_for_the_token", "works_without_scripts", "logs_in", "logs_out", "fits", "is_quiet",
    "is_accessible",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person logs in, with scripts and without, and comes to what the address says`() throws {
    let place = try ServePlace(scale: 10)
    try place.write(token: "correct-horse-battery")
    let served = try place.served(["--token-file", "token", "photos"])
    try served.browse(by: "browse_login.py", bringing: "photos/a.png", through: Self.scenarios)
  }
}
