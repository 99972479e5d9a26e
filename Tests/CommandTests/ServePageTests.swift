import Foundation
import Imagery
import Networks
import TestSupport
import Testing

@testable import Workbench

/// The page of the workbench in a real browser: `Tests/Reference/browse.py` clicks, types and looks.
@Suite struct ServePageTests {
  private static let hasBrowser: Bool = {
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
    let folder = try References.temporaryFolder()
    try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: folder.appending(path: "toy.pt2").path)
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "<b>viola</b>"])
      .write(to: folder.appending(path: "toy.json").path)
    try Data(SchemeTests.tree.replacing("c002-viola", with: "c002-<b>viola</b>").utf8)
      .write(to: folder.appending(path: "tree.json"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "photos"), withIntermediateDirectories: true)
    for (name, step) in [("photos/a.png", 7), ("photos/b.png", 11), ("own.png", 5)] {
      let picture = try Picture(
        width: 120, height: 80, pixels: (0..<28_800).map { UInt8($0 / 40 * step % 256) })
      try Data(picture.png()).write(to: folder.appending(path: name))
    }
    let served = try Served(["--model", "toy.pt2", "--tree", "tree.json", "photos"], in: folder)
    var words = [served.address, folder.appending(path: "own.png").path]
    // A folder for a picture of each scenario, to look at.
    if let shots = ProcessInfo.processInfo.environment["RATHER_SHOTS"] { words.append(shots) }
    let lines = try References.run("browse.py", words).split(separator: "\n").map(String.init)
    #expect(lines == Self.scenarios.map { $0 + " ok" })
  }

  @Test func `a report is shown in a sandbox that runs only what is written in it`() throws {
    let page = "<script>let a = 1;</script><p>x</p><script>\nlet b\n</script>"
    let policy = Routes.policy(ofPage: Array(page.utf8))
    // printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
    #expect(
      policy.contains("script-src 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=' 'sha256-"))
    #expect(policy.hasPrefix("sandbox allow-scripts; default-src 'none'"))
    #expect(!policy.contains("allow-same-origin"))
  }
}
