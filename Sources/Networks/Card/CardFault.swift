internal import Terms

/// A value that cannot be, found while decoding; the reader of the file adds its path.
struct CardFault: Fault {
  var key: String
  var found: String
  var expected: String

  var kind: FaultKind { .data }

  var description: String { "“\(key)” is \(found), and must be \(expected)" }
}

/// A key that a card does not have, found while decoding.
struct UnknownCardKey: Fault {
  var key: String
  var nearest: [String]

  var kind: FaultKind { .data }

  var description: String {
    "a card has no key “\(key)”" + (nearest.first.map { "; did you mean “\($0)”?" } ?? "")
  }
}

extension Decoder {
  func refuseKeys(except known: [String]) throws {
    let keys = try container(keyedBy: ExportArgument.Tag.self).allKeys.map(\.stringValue)
    if let unknown = keys.sorted().first(where: { !known.contains($0) }) {
      throw UnknownCardKey(
        key: unknown, nearest: NearestNames.of(unknown, in: known, limit: 1))
    }
  }
}

extension KeyedDecodingContainer {
  func choice<Choice>(_ type: Choice.Type, _ key: Key) throws -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try decode(String.self, forKey: key)
    guard let choice = Choice(rawValue: word) else {
      throw CardFault(
        key: key.stringValue, found: "“\(word)”",
        expected: Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return choice
  }
}
