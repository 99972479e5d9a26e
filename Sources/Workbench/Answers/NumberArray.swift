internal import Files
internal import Foundation
internal import HTTPTypes

/// A map as it lies in a report's `maps.npz`.
struct NumberArray: Equatable {
  let height: Int
  let width: Int
  /// Numbers of 32 bits, least byte first, row by row.
  let bytes: [UInt8]

  /// As numbers, row by row.
  var floats: [Float] {
    stride(from: 0, to: bytes.count - 3, by: 4).map { place in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }

  /// Reads a map of an archive.
  ///
  /// - Throws: ``Refusal`` where there is none of that name, or it is not of two axes.
  init(_ key: String, of path: String) throws {
    let archive = try ZipReader(path: path)
    guard archive.names.contains(key + ".npy") else {
      throw Refusal(.notFound, "the answer has no such map")
    }
    try self.init(npy: archive.bytes(key + ".npy", limit: 1 << 28))
  }

  /// Reads all maps of a report, in its manifest's order.
  ///
  /// - Throws: ``Refusal`` where it has none, as the report of a contrastive example.
  static func all(ofReport folder: String) throws -> [NumberArray] {
    struct Named: Decodable {
      struct Map: Decodable { let key: String }
      let maps: [Map]
    }
    let bytes = try ByteStream.bytes(folder + "/manifest.json", atMost: 1 << 28)
    guard let named = try? JSONDecoder().decode(Named.self, from: Data(bytes)) else {
      throw Refusal(.notFound, "the answer has no such map")
    }
    let archive = try ZipReader(path: folder + "/maps.npz")
    return try named.maps.map {
      try NumberArray(npy: archive.bytes($0.key + ".npy", limit: 1 << 28))
    }
  }

  /// Reads NumPy's format: a mark of six bytes, two for the version, two for the length of a header, the header.
  init(npy bytes: [UInt8]) throws(Refusal) {
    let refusal = Refusal(.internalServerError, "the map cannot be read")
    guard bytes.count > 10, bytes[6] == 1 else { throw refusal }
    let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    guard bytes.count >= start else { throw refusal }
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    guard header.contains("'<f4'"), let open = header.firstIndex(of: "("),
      let close = header[open...].firstIndex(of: ")")
    else { throw refusal }
    let lengths = header[header.index(after: open)..<close].split(separator: ",")
      .compactMap { Int($0.filter(\.isNumber)) }
    guard lengths.count == 2, bytes.count - start == 4 * lengths[0] * lengths[1] else {
      throw refusal
    }
    (height, width) = (lengths[0], lengths[1])
    self.bytes = Array(bytes[start...])
  }
}
