import Files
import Testing

/// What is wrong with JSON: known answers.
@Suite struct JSONFaultTests {
  @Test(arguments: ["", "{", "[1", "{\"a\":1}}", "[1 2]", "\u{1}"])
  func `text that is no JSON is none`(text: String) {
    #expect(JSONFault.number(in: Array(text.utf8)) == nil)
    #expect(JSONFault.text(of: Array(text.utf8)) == "it is not JSON")
  }

  @Test(arguments: [
    ("{\"a\": [1, 1e400]}", ".a[1]"),
    ("{\"a\": [true, null, \"1e400\", {\"b\": 1e-60}]}", ".a[3].b"),
    ("[[0.0, 1e308]]", "[0][1]"), ("1e999", "the top level"),
  ])
  func `a number that no type holds is told by its place`(text: String, place: String) {
    let expected = "the number at \(place) is too large or too small"
    #expect(JSONFault.text(of: Array(text.utf8)) == expected)
  }

  @Test func `JSON without such a number is sound but for its kind`() {
    #expect(JSONFault.text(of: Array("{\"a\": 1.5}".utf8)).contains("not whole"))
  }
}
