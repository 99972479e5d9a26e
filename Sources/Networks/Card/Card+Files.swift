internal import Files
internal import Foundation

extension Card {
  /// The most bytes of a card or of a file of labels: those of 21,000 labels, twenty times.
  static let limit = 16 << 20

  /// Reads a card.
  public init(contentsOf path: String) throws(CardError) {
    let data = try CardError.reading(path)
    if (try? JSONDecoder().decode(GeneratorCard.self, from: data)) != nil { throw .generator(path) }
    self = try CardError.naming(path, data) { try JSONDecoder().decode(Card.self, from: data) }
    if output.hasLabels && labels == nil { throw .missingKey("labels", in: path) }
  }

  /// Writes the card, whole or not at all.
  ///
  /// - Throws: `EncodingError` for a tokenizer that cards have no name for; ``FileError``.
  public func write(to path: String) throws {
    try WholeFile.write(Array(text().utf8), to: path)
  }

  /// The card as JSON text; empty for a tokenizer that cards have no name for.
  public var json: String { (try? text()) ?? "" }

  private func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Where a network's card lies: `NAME.json` beside `NAME.pt2`.
  public static func path(besides network: String) -> String {
    URL(filePath: network).deletingPathExtension().appendingPathExtension("json").relativePath
  }

  /// The labels, read from their file where the card names one.
  ///
  /// - Parameter path: The card's own path, which the file's name is relative to.
  func labelList(relativeTo path: String) throws(CardError) -> [String] {
    try labels?.names(relativeTo: path) ?? []
  }
}

extension CardError {
  /// The bytes of a card, in which no key stands twice.
  static func reading(_ path: String) throws(CardError) -> Data {
    let bytes: [UInt8]
    do { bytes = try TextFile.bytes(path, atMost: Card.limit) } catch {
      throw .unreadable(path, reason: reason(error))
    }
    if let key = JSONKeys.repeated(in: bytes) {
      throw .malformed(path, detail: "“\(key.prefix(40))” stands in it twice")
    }
    return Data(bytes)
  }

  /// Why a file cannot be read, in words that go on from its name.
  static func reason(_ error: any Error) -> String {
    if case FileError.unreadable(_, let fault) = error { fault.description } else { "\(error)" }
  }

  /// Runs a decoder and adds the file's path to what it finds wrong.
  static func naming<Result>(
    _ path: String, _ text: Data, _ decode: () throws -> Result
  ) throws(CardError) -> Result {
    do {
      return try decode()
    } catch let fault as CardFault {
      throw .value(key: fault.key, found: fault.found, expected: fault.expected, in: path)
    } catch let fault as UnknownCardKey {
      throw .unknownKey(fault.key, in: path, nearest: fault.nearest)
    } catch DecodingError.keyNotFound(let key, let context) {
      let place = (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
      throw .missingKey(place, in: path)
    } catch {
      throw .malformed(path, detail: Program.detail(of: error, in: Array(text)))
    }
  }
}

extension Card.Labels {
  /// The names, read from their file where one is named.
  ///
  /// - Parameter path: What the file's name is relative to; `nil` for the current folder.
  public func names(relativeTo path: String?) throws(CardError) -> [String] {
    switch self {
    case .list(let list):
      if let place = list.firstIndex(where: \.isBlank) {
        throw .value(
          key: "labels", found: "empty for class \(place)", expected: "a name for each class",
          in: path ?? "the card")
      }
      return list
    case .file(let name):
      let url = URL(filePath: name, relativeTo: path.map { URL(filePath: $0) })
      let text: String
      do { text = try TextFile.text(url.path, atMost: Card.limit) } catch {
        throw .labelsFile(url.relativePath, reason: CardError.reason(error))
      }
      var lines = text.split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline
      ).map { $0.trimmingCharacters(in: .whitespaces) }
      while lines.last?.isEmpty == true { lines.removeLast() }
      if let place = lines.firstIndex(where: \.isBlank) {
        throw .labelsFile(
          url.relativePath,
          reason: "its line \(place + 1) is empty; write one name per line")
      }
      return lines
    }
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
