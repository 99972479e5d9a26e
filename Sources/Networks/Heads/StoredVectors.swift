internal import Files

/// Arrays of numbers as NumPy stores them, in `.npy` files and archives of such.
struct StoredVectors {
  /// The most bytes of one array: a hundred thousand vectors of 2,048 numbers.
  private static let limit = 1 << 30

  /// The rows of each array, by its name; of an array on one axis the only row.
  ///
  /// - Throws: ``NetworkError/reference(_:reason:)``.
  static func read(_ path: String, named name: String) throws(NetworkError) -> [(
    name: String, rows: [[Float]]
  )] {
    do {
      guard path.lowercased().hasSuffix(".npz") else {
        return [(name, try rows(TextFile.bytes(path, atMost: limit), path))]
      }
      let archive = try ZipReader(path: path)
      return try archive.names.filter { $0.hasSuffix(".npy") }.sorted().map { record in
        let own = String(record.dropLast(4))
        return (own, try rows(archive.bytes(record, limit: limit), "\(path), \(own)"))
      }
    } catch let fault as NetworkError {
      throw fault
    } catch let fault as ZipError {
      throw .reference(path, reason: fault.description)
    } catch FileError.unreadable(_, let fault) {
      throw .reference(path, reason: fault.description)
    } catch {
      throw .reference(path, reason: "\(error)")
    }
  }

  private static func rows(_ bytes: [UInt8], _ name: String) throws(NetworkError) -> [[Float]] {
    guard let header = Header(bytes) else {
      throw .reference(name, reason: "it is no array of NumPy's formats 1 to 3")
    }
    guard !header.isFortran, let width = header.type, (1...2).contains(header.shape.count) else {
      throw .reference(
        name,
        reason:
          "it must be one vector, or rows of vectors, of 32-bit or 64-bit floating-point numbers")
    }
    let columns = header.shape[header.shape.count - 1]
    let count = header.shape.count == 2 ? header.shape[0] : 1
    let (size, overflow) = count.multipliedReportingOverflow(by: columns)
    let data = bytes[header.start...]
    guard !overflow, columns > 0, size <= data.count / width, data.count == size * width else {
      throw .reference(name, reason: "its bytes are not as many as its shape says")
    }
    let numbers: [Float] = data.withUnsafeBytes { raw in
      (0..<size).map { place in
        width == 4
          ? Float(
            bitPattern: UInt32(
              littleEndian: raw.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)))
          : Float(
            Double(
              bitPattern: UInt64(
                littleEndian: raw.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))))
      }
    }
    return (0..<count).map { Array(numbers[$0 * columns..<($0 + 1) * columns]) }
  }

  /// The beginning of an array, as NumPy's format 1.0 to 3.0 has it.
  private struct Header {
    /// The bytes of a number; `nil` for what is no little-endian floating-point number.
    let type: Int?
    let isFortran: Bool
    let shape: [Int]
    /// Where its numbers begin.
    let start: Int

    init?(_ bytes: [UInt8]) {
      guard bytes.count > 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { return nil }
      let isShort = bytes[6] == 1
      let begin = isShort ? 10 : 12
      var length = Int(bytes[8]) | Int(bytes[9]) << 8
      if !isShort { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
      guard (1...3).contains(bytes[6]), length <= bytes.count - begin else { return nil }
      start = begin + length
      let text = String(decoding: bytes[begin..<start], as: UTF8.self)
      guard let kind = Self.value("descr", in: text),
        let order = Self.value("fortran_order", in: text),
        let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")"), open < close
      else { return nil }
      type = kind.contains("'<f4'") ? 4 : kind.contains("'<f8'") ? 8 : nil
      isFortran = order.contains("True")
      let lengths = text[text.index(after: open)..<close].split(separator: ",").map {
        Int($0.filter { $0 != " " })
      }
      guard lengths.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
      shape = lengths.compactMap(\.self)
    }

    /// What stands behind a key, to the next comma.
    private static func value(_ key: String, in text: String) -> Substring? {
      guard let found = text.firstRange(of: "'\(key)':") else { return nil }
      return text[found.upperBound...].prefix { $0 != "," }
    }
  }
}
