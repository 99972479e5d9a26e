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
    "begins", "brings", "asks", "looks", "stays", "explains_otherwise", "explains_all", "keeps",
    "has_two_tabs", "fits", "is_quiet", "takes_keys", "is_accessible",
  ]

  @Test(.enabled(if: hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person brings a picture, asks, looks, compares and keeps, by mouse and by keys`() throws {
    let place = try ServePlace(scale: 10)
    let folder = place.folder
    try place.draw("own.png", 5, 10)
    let served = try place.served(["--tree", "tree.json", "photos"])
    var words = [served.address, folder.appending(path: "own.png").path]
    // A folder for a picture of each scenario, to look at.
    if let shots = ProcessInfo.processInfo.environment["RATHER_SHOTS"] { words.append(shots) }
    let lines = try References.run("browse.py", words).split(separator: "\n").map(String.init)
    #expect(lines == Self.scenarios.map { $0 + " ok" })
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
