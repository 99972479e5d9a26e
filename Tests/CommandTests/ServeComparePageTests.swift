import Foundation
import Networks
import TestSupport
import Testing

/// Comparing, contrastive examples and evaluation runs in a real browser: `Tests/Reference/browse_compare.py`.
@Suite struct ServeComparePageTests {
  /// What the script does, in its order.
  private static let scenarios = [
    "compares_methods", "compares_networks", "compares_photos", "finds_an_example", "looks_at_runs",
    "fits", "is_accessible", "is_quiet",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person compares, finds an example, and looks at runs`() throws {
    let place = try EvaluatePlace(pictures: 3)
    #expect(try place.run("--schemes", "swox,cwox-2s").status == 0)
    let folder = place.place.folder
    for name in ["pt2", "json"] {
      try FileManager.default.copyItem(
        at: folder.appending(path: "toy." + name), to: folder.appending(path: "other." + name))
    }
    // What it draws, a row of three grey pixels, is brought to what the network sees.
    try ToyDrawing.generator(
      [[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5], encoder: [[1, 0, 0], [0, 1, 0]]
    ).write(to: folder.appending(path: "g.pt2").path)
    let served = try Served(
      [
        "--model", "toy.pt2", "--model", "other.pt2", "--generator", "g.pt2", "--run", "run",
        "photos",
      ], in: folder)
    try served.browse(
      by: "browse_compare.py", bringing: "photos/000.png", through: Self.scenarios)
  }
}
