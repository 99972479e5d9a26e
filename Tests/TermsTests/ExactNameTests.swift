import Terms
import Testing

/// Known answers.
@Suite struct ExactNameTests {
  @Test func `names are equal where their bytes are, and not where they look the same`() {
    #expect("caf\u{E9}" == "cafe\u{301}")
    #expect(ExactName("caf\u{E9}") != ExactName("cafe\u{301}"))
    #expect(Set(["a", "a", "caf\u{E9}", "cafe\u{301}"].map(ExactName.init)).count == 3)
  }
}
