internal import CCrypto

/// Checksums of files, by OpenSSL.
package enum SHA256 {
  /// The checksum of some bytes, in 64 lower-case hexadecimal digits.
  package static func hex(of bytes: [UInt8]) -> String {
    let sum = RunningSHA256()
    bytes.withUnsafeBytes { sum.add($0) }
    return sum.hex()
  }

  /// The checksum of some bytes, as 32 bytes.
  package static func bytes(of bytes: [UInt8]) -> [UInt8] {
    let sum = RunningSHA256()
    bytes.withUnsafeBytes { sum.add($0) }
    return sum.bytes()
  }

  /// The checksum of a file, read a piece at a time.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``.
  package static func hex(ofFile path: String) throws -> String {
    let sum = RunningSHA256()
    try ByteStream.read(path, atMost: .max) { sum.add($0) }
    return sum.hex()
  }
}

/// A checksum of bytes that come a piece at a time.
package final class RunningSHA256 {
  private let context = EVP_MD_CTX_new()

  /// Begins.
  package init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds a piece.
  package func add(_ piece: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, piece.baseAddress, piece.count)
  }

  /// The checksum of all pieces, in 64 lower-case hexadecimal digits; nothing is added after it.
  package func hex() -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The same as 32 bytes.
  package func bytes() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return digest
  }
}
