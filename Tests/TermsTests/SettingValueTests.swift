import Foundation
import Terms
import Testing

/// Settings as manifests hold them.
@Suite struct SettingValueTests {
  @Test func `what is a number is read as one, and words stay words`() {
    for (text, value) in [
      ("4000", 4000), ("0.25", 0.25), ("1e-6", 1e-6), ("-2", -2), ("mean", "mean"), ("", ""),
      ("blur:8", "blur:8"), ("nan", "nan"), ("inf", "inf"), ("7 px", "7 px"),
    ] as [(String, SettingValue)] {
      #expect(SettingValue(reading: text) == value, "\(text)")
    }
  }

  @Test func `JSON holds numbers, strings, booleans and arrays, and gives them back`() throws {
    let values: [String: SettingValue] = [
      "masks": 4000, "probability": 0.5, "fill": "mean", "paired": true,
      "window": .list([32, 46]),
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(values)
    #expect(
      String(decoding: data, as: UTF8.self)
        == #"{"fill":"mean","masks":4000,"paired":true,"probability":0.5,"window":[32,46]}"#)
    #expect(try JSONDecoder().decode([String: SettingValue].self, from: data) == values)
  }

  @Test func `people read whole numbers without a point`() {
    let value: SettingValue = .list([4000, 0.5, "mean", false])
    #expect(value.description == "4000, 0.5, mean, no")
  }
}
