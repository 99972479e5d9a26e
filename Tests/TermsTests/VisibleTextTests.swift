import Foundation
import Terms
import Testing

/// What cannot be seen is spelt: known answers, and that sound names stay as they are.
@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1B}[31mred\\u{1B}[0m"), ("one\ntwo", "one\\ntwo"),
    ("one\r\ntwo\ttabs", "one\\r\\ntwo\\ttabs"), ("\u{9B}2J", "\\u{9B}2J"),
    ("a\u{202E}gnp.exe", "a\\u{202E}gnp.exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("nul\u{0}bell\u{7}del\u{7F}", "nul\\u{0}bell\\u{7}del\\u{7F}"),
    ("line\u{2028}break\u{85}", "line\\u{2028}break\\u{85}"), ("\u{FEFF}mark", "\\u{FEFF}mark"),
  ])
  func `what moves, clears, reverses or breaks lines is spelt`(text: String, shown: String) {
    #expect(VisibleText.of(text) == shown)
  }

  @Test(arguments: [
    "cello", "Über-Straße", "пицца", "日本語", "👩‍👩‍👧", "حرف", "क्ष", "e\u{301}", "“quoted” · 3 × 4 …",
  ])
  func `sound names stay as they are`(text: String) {
    #expect(VisibleText.of(text) == text)
    #expect(VisibleText.ofJSON(text) == text)
  }

  @Test func `no control character is left, whatever it is`() {
    for value in Array(UInt32(0)...0x20) + Array(0x7e...0xa0) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isControl = scalar.properties.generalCategory == .control
      let shown = VisibleText.of("a\(Character(scalar))b")
      #expect(shown.contains("\\") == isControl, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `lines and tabs stay where they do no harm`() {
    #expect(VisibleText.of("a\n\tb\u{1B}\r", keepingLines: true) == "a\n\tb\\u{1B}\\r")
  }

  @Test(arguments: ["é", "\u{1B}", "e\u{301}\u{301}"], [1, 400, 3000, 1 << 18])
  func `a sentence that quotes much is shown by its beginning and its end`(
    quoted: String, count: Int
  ) {
    let sentence = "“" + String(repeating: quoted, count: count) + "” is no class"
    let shown = VisibleText.sentence(sentence)
    #expect(shown.unicodeScalars.count <= 2000)
    #expect(shown.hasPrefix("“" + VisibleText.of(quoted)) && shown.hasSuffix("” is no class"))
    let whole = VisibleText.of(sentence)
    #expect((shown == whole) == (whole.unicodeScalars.count <= 2000))
  }

  @Test func `a sentence is one line`() {
    #expect(VisibleText.sentence("a\nb\u{1B}") == "a\\nb\\u{1B}")
  }

  @Test func `JSON says the same, in characters that can be seen`() throws {
    let names = ["\u{1B}[2J", "\u{9B}2J", "a\u{202E}b", "\u{FEFF}\u{7F}", "“plain”\n"]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .prettyPrinted
    let text = VisibleText.ofJSON(String(decoding: try encoder.encode(names), as: UTF8.self))
    #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == names)
    #expect(VisibleText.of(text, keepingLines: true) == text)
  }
}
