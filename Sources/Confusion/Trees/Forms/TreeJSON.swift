internal import Files
internal import Foundation

/// JSON in and out of trees' files.
enum TreeJSON {
  /// Decodes text, or says in a sentence what is wrong with the file.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from text: [UInt8], _ path: String
  ) throws(TreeFileError) -> Value {
    if JSONNesting.depth(of: text) > JSONNesting.limit { throw .tooDeep(path) }
    if let key = JSONKeys.repeated(in: text) { throw .repeatedKey(String(key.prefix(40)), path) }
    do { return try JSONDecoder().decode(type, from: Data(text)) } catch {
      guard case DecodingError.dataCorrupted? = error as? DecodingError else {
        throw .otherJSON(path)
      }
      if let number = JSONFault.number(in: text) { throw .number(number, path) }
      throw .malformedJSON(path)
    }
  }

  /// Encodes a value; equal values give equal text.
  static func text(of value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
