import Foundation
import Testing

/// The page's pictures, the rectangle that networks see, and the brush: `Tests/Reference/browse_inputs.py`.
@Suite struct ServeInputsPageTests {
  /// What the script does, in its order.
  private static let scenarios = [
    "finds", "orders", "refuses", "crops", "takes_the_whole", "stays_cropped", "brushes", "undoes",
    "hides_by_keys", "hides_by_the_map", "stays_hidden", "fits", "is_quiet", "is_accessible",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person finds pictures, moves what the network sees, and hides pixels`() throws {
    let place = try ServePlace(scale: 10)
    for step in 1..<8 { try place.draw("photos/more-\(step).png", step * 24 + 3, 10) }
    try place.draw("outside.png", 3)
    try FileManager.default.createSymbolicLink(
      at: place.folder.appending(path: "photos/link.png"),
      withDestinationURL: place.folder.appending(path: "outside.png"))
    let served = try place.served()
    try served.browse(by: "browse_inputs.py", bringing: "outside.png", through: Self.scenarios)
  }
}
