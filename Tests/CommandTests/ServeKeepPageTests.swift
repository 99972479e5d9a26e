import Foundation
import Testing

/// Keeping answers in a real browser: `Tests/Reference/browse_keep.py` notes, finds again, saves and copies.
@Suite struct ServeKeepPageTests {
  private static let isReady =
    ServePageTests.hasBrowser && FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")

  /// What the script does, in its order.
  private static let scenarios = [
    "asks", "notes", "remembers", "saves_views", "saves_figures", "saves_whole_answers",
    "writes_any_letters", "copies", "fits", "is_accessible_open", "is_quiet",
  ]

  @Test(.enabled(if: isReady, "Chromium, Selenium, axe or Poppler is not installed"))
  func `a person notes, finds again, names and saves what was answered`() throws {
    let place = try ServePlace(scale: 10)
    let served = try place.served(["--tree", "tree.json", "--data", "kept", "photos"])
    try served.browse(by: "browse_keep.py", bringing: "photos/a.png", through: Self.scenarios)
  }
}
