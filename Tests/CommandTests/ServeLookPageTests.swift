import Testing

/// How maps are looked at in a real browser: `Tests/Reference/browse_look.py` refines, enlarges, reads and compares.
@Suite struct ServeLookPageTests {
  /// What the script does, in its order.
  private static let scenarios = [
    "begins", "refines", "ends", "enlarges", "reads", "keeps_the_strongest",
    "sets_the_reverse_beside", "goes_through_layers", "stays", "is_safe_for_eyes", "fits",
    "is_quiet", "is_accessible",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person watches a map grow, enlarges it, reads it and goes through its layers`() throws {
    let place = try ServePlace(scale: 10)
    let served = try place.served()
    try served.browse(by: "browse_look.py", bringing: "photos/a.png", through: Self.scenarios)
  }
}
