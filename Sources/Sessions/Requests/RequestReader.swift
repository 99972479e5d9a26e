internal import Foundation
internal import Terms

/// Reads values from JSON of which every key may be left out where its type has a default, and none may be
/// that the type does not ask for.
struct RequestReader: Decoder {
  let object: [String: JSONValue]
  let fallback: [String: JSONValue]
  let codingPath: [any CodingKey]
  let asked = ReadKeys()
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads a request.
  static func read<Value: Defaulted>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let value: JSONValue
    do { value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) } catch {
      throw RequestFault.notJSON("it is not JSON")
    }
    guard case .object(let object) = value else {
      throw RequestFault.notJSON("it is JSON, but no object")
    }
    return try self.value(type, of: object, at: [])
  }

  /// Reads a value of an object, and fails for keys that its type did not ask for.
  private static func value<Value: Decodable>(
    _ type: Value.Type, of object: [String: JSONValue], insteadOf defaults: JSONValue? = nil,
    at path: [any CodingKey]
  ) throws -> Value {
    var fallback: [String: JSONValue] = [:]
    if let defaulted = type as? any Defaulted.Type {
      // What holds the value may have a default of its own for it.
      if case .object(let all) = try defaults ?? JSONValue(defaulted.init()) { fallback = all }
    }
    let reader = RequestReader(object: object, fallback: fallback, codingPath: path)
    let value = try Value(from: reader)
    let known = reader.asked.all
    if let strange = object.keys.sorted().first(where: { !known.contains($0) }) {
      let holder = path.map { $0.stringValue + "." }.joined()
      throw RequestFault.unknownKey(
        holder + strange, nearest: NearestNames.of(strange, in: known.sorted()))
    }
    return value
  }

  /// Reads any value.
  fileprivate static func any<Value: Decodable>(
    _ type: Value.Type, of value: JSONValue, insteadOf defaults: JSONValue?,
    at path: [any CodingKey]
  ) throws -> Value {
    if case .object(let object) = value {
      return try self.value(type, of: object, insteadOf: defaults, at: path)
    }
    do {
      return try JSONDecoder().decode(type, from: JSONEncoder().encode(value))
    } catch let fault as RequestFault {
      throw fault
    } catch {
      let key = path.map(\.stringValue).joined(separator: ".")
      throw RequestFault.value(key: key, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(let type, _): "it should be of the kind \(type)"
    case DecodingError.valueNotFound(let type, _): "it should be of the kind \(type), and is null"
    case DecodingError.dataCorrupted(let context): context.debugDescription
    default: "it is of another kind"
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keys<Key>(reader: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch("a list") }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw mismatch("one value")
  }

  private func mismatch(_ kind: String) -> RequestFault {
    .value(
      key: codingPath.map(\.stringValue).joined(separator: "."),
      reason: "it should be \(kind), not an object")
  }
}

/// The keys that a type asks for while it is read, on one thread.
final class ReadKeys {
  private(set) var all: Set<String> = []

  func add(_ key: String) { all.insert(key) }
}

/// The keys of an object.
private struct Keys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: RequestReader

  var codingPath: [any CodingKey] { reader.codingPath }
  var allKeys: [Key] { reader.object.keys.sorted().compactMap { Key(stringValue: $0) } }

  private func found(_ key: Key) -> JSONValue? {
    reader.asked.add(key.stringValue)
    return reader.object[key.stringValue] ?? reader.fallback[key.stringValue]
  }

  func contains(_ key: Key) -> Bool { found(key) != nil }

  func decodeNil(forKey key: Key) -> Bool { found(key) == nil || found(key) == .null }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let value = found(key) else {
      throw RequestFault.value(key: key.stringValue, reason: "it is missing")
    }
    return try RequestReader.any(
      type, of: value, insteadOf: reader.fallback[key.stringValue], at: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    guard case .object(let object)? = found(key) else {
      throw RequestFault.value(key: key.stringValue, reason: "it should be an object")
    }
    let reader = RequestReader(object: object, fallback: [:], codingPath: codingPath + [key])
    return KeyedDecodingContainer(Keys<Nested>(reader: reader))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw RequestFault.value(key: key.stringValue, reason: "a list of this kind is not read")
  }

  func superDecoder() throws -> any Decoder { reader }

  func superDecoder(forKey key: Key) throws -> any Decoder { reader }
}
