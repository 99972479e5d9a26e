import Foundation
import TestSupport
import Testing

@testable import Workbench

/// The page of the workbench in a real browser: `Tests/Reference/browse.py` clicks, types and looks.
@Suite struct ServePageTests {
  static let hasBrowser: Bool = {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/chromedriver") else {
      return false
    }
    return ["selenium", "axe_core_python"].allSatisfy {
      (try? References.run("has_module.py", [$0])) == "yes\n"
    }
  }()

  /// What the script does, in its order.
  private static let scenarios = [
    "begins", "brings", "asks", "looks", "stays", "turns_to_what_there_is", "explains_otherwise",
    "explains_all", "keeps", "has_two_tabs", "fits", "is_quiet", "takes_keys", "is_accessible",
  ]

  @Test(.enabled(if: hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person brings a picture, asks, looks, compares and keeps, by mouse and by keys`() throws {
    let place = try ServePlace(scale: 10)
    try place.draw("own.png", 5, 10)
    let served = try place.served(["--tree", "tree.json", "photos"])
    try served.browse(by: "browse.py", bringing: "own.png", through: Self.scenarios)
  }

  @Test func `a report is shown in a sandbox that runs only what is written in it`() throws {
    let page = "<script>let a = 1;</script><p>x</p><script>\nlet b\n</script>"
    let policy = ReportFiles.policy(ofPage: Array(page.utf8))
    // printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
    #expect(
      policy.contains("script-src 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=' 'sha256-"))
    #expect(policy.hasPrefix("sandbox allow-scripts; default-src 'none'"))
    #expect(!policy.contains("allow-same-origin"))
  }
}
