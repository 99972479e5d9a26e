import Files
import Testing

/// Known answers, and text that is no JSON.
@Suite struct JSONKeysTests {
  @Test(arguments: [
    (#"{"a": 1, "b": {"a": 2}, "c": [{"a": 3}, {"a": 4}]}"#, nil),
    (#"{"a": 1, "b": 2, "a": 3}"#, "a"), (#"[{"x": {"y": 1, "y": 1}}]"#, "y"),
    (#"{"a": "a", "b": ["b", "b"], "c": "\"a\", "}"#, nil),
    (#"{"a\"": 1, "a\\": 2, "a\"" : 3}"#, #"a\""#), (#"{"é": 1, "é": 2}"#, "é"),
    ("", nil), ("{", nil), ("\"", nil), ("{\"a", nil), ("{\"a\\", nil), ("}]},,\"a\",\"a\"", nil),
    (String(repeating: "[", count: 100_000), nil), ("{\"a\":1}{\"a\":1}", nil),
  ])
  func `the first key that stands in an object twice is found`(text: String, key: String?) {
    #expect(JSONKeys.repeated(in: Array(text.utf8)) == key)
  }
}
