import Terms
import Testing

@testable import Documents

/// Settings of documents that cannot be are refused before any picture is read.
@Suite struct SettingCheckTests {
  @Test func `a run says which setting cannot be`() throws {
    let toy = try ToyPictures(3)
    for (name, settings) in [
      ("mass", DocumentSettings(mass: 1)), ("mass", DocumentSettings(mass: .nan)),
      ("mass", DocumentSettings(mass: -0.1)), ("atMost", DocumentSettings(atMost: 0)),
      ("batch", DocumentSettings(batch: 0)), ("batch", DocumentSettings(batch: .max)),
    ] {
      let fault = #expect(throws: SettingFault.self) { try toy.run(settings) }
      #expect(fault?.name == name && fault?.kind == .usage)
    }
  }
}
