import Foundation
import TestSupport
import Testing

/// Keeping answers in a real browser: `Tests/Reference/browse_keep.py` notes, finds again, saves and copies.
@Suite struct ServeKeepPageTests {
  private static let isReady =
    ["/usr/bin/chromedriver", "/usr/bin/pdftotext"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    && ["selenium", "axe_core_python"].allSatisfy {
      (try? References.run("has_module.py", [$0])) == "yes\n"
    }

  private static let scenarios = [
    "asks", "notes", "remembers", "saves_views", "saves_figures", "saves_whole_answers",
    "writes_any_letters", "copies", "fits_closed", "is_accessible_open", "is_quiet",
  ]

  @Test(.enabled(if: isReady, "Chromium, Selenium, axe or Poppler is not installed"))
  func `a person notes, finds again, names and saves what was answered`() throws {
    let place = try ServePlace(scale: 10)
    let served = try place.served(["--tree", "tree.json", "--data", "kept", "photos"])
    var words = [served.address, place.folder.appending(path: "photos/a.png").path]
    // A folder for pictures of the scenarios and figures, to look at.
    if let shots = ProcessInfo.processInfo.environment["RATHER_SHOTS"] { words.append(shots) }
    let lines = try References.run("browse_keep.py", words).split(separator: "\n").map(String.init)
    #expect(lines == Self.scenarios.map { $0 + " ok" })
  }
}
