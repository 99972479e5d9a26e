internal import Files
internal import Foundation

/// A value that has a default: of a request that is read, what is not said is as in that.
public protocol Defaulted: Codable, Hashable, Sendable {
  /// Takes every default.
  init()
}

/// What is asked of Rather: plain values, which can be written down, compared and asked again.
///
/// What nobody says of a request is as in `init()`; every default is there and nowhere else.
public protocol Request: Defaulted {
  /// What it is answered by.
  associatedtype Answer: Sendable

  /// What commands and manifests call it.
  static var name: String { get }

  /// How many threads an operator, or a loop over items, may use; `nil` for the session's number.
  var threads: Int? { get }

  /// Fails where its parts do not go together, before anything is read.
  ///
  /// - Throws: ``RequestFault``.
  func validate() throws

  /// Answers on this thread, and holds it; ``Session/run(_:)`` gives it one of its own.
  func answer(in session: Session, telling: Telling) throws -> Answer
}

extension Defaulted {
  /// Reads a value from JSON of which any key may be left out.
  ///
  /// - Throws: ``RequestFault`` where a key is unknown or stands there twice, or a value is not of its kind.
  package init(jsonBytes bytes: [UInt8]) throws {
    if let key = JSONKeys.repeated(in: bytes) { throw RequestFault.repeatedKey(key) }
    self = try RequestReader.read(Self.self, from: bytes)
  }
}

extension Request {
  /// The session's number.
  public var threads: Int? { nil }

  /// Reads a request from JSON: an object whose keys are the request's, each of which may be left out.
  ///
  /// - Throws: ``RequestFault`` where a key is unknown or stands there twice, or a value is not of its kind.
  public init(json text: String) throws {
    try self.init(jsonBytes: Array(text.utf8))
  }

  /// The request as JSON, keys in order; what is not set is left out.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
